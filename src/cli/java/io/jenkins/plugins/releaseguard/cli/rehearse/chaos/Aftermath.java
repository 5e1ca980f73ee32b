// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What chaos did to a release and what the release did about it, in lines for the end of a rehearsal. */
public final class Aftermath {
    private final Schedule schedule;
    private final List<Chaos.Strike> strikes;
    private final List<Stamped> events;
    private final Promises promises;

    /** @param events the whole record */
    public Aftermath(Schedule schedule, Plan plan, List<Stamped> events, List<Chaos.Strike> strikes) {
        this.schedule = schedule;
        this.strikes = strikes;
        this.events = events;
        this.promises = new Promises(plan, events, strikes);
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("chaos      seed " + schedule.seed() + ": --chaos " + schedule.seed()
                + " has the same happen to this contract again");
        for (Chaos.Strike strike : strikes) {
            lines.add("fault      " + time(strike) + strike.fault().kind() + " ["
                    + strike.fault().when() + "]");
        }
        for (Fault fault : schedule.faults()) {
            if (strikes.stream().noneMatch(s -> s.fault().equals(fault))) {
                lines.add("fault      never: " + fault.kind() + " [" + fault.when() + "]");
            }
        }
        lines.add("people     " + people());
        promises.all().forEach(p -> lines.add("promise    " + p));
        return lines;
    }

    private String people() {
        List<Stamped> calls = promises.callsTaken();
        if (calls.isEmpty()) {
            return "nobody was called";
        }
        String key = ((Event.Done) calls.get(0).event()).key();
        String what = events.stream()
                .map(Stamped::event)
                .filter(e ->
                        e instanceof Event.Intended intended && intended.key().equals(key))
                .map(e -> ((Event.Intended) e).detail())
                .findFirst()
                .orElse("");
        return "called " + (calls.size() == 1 ? "once" : calls.size() + " times") + ", first at "
                + seconds(calls.get(0).wall()) + (what == null || what.isEmpty() ? "" : ": " + what);
    }

    private String time(Chaos.Strike strike) {
        String from = seconds(strike.from());
        if (strike.from().equals(strike.to())) {
            return "at " + from + ": ";
        }
        return "from " + from + (strike.to() == null ? " to the end: " : " to " + seconds(strike.to()) + ": ");
    }

    /** Since the release was opened, on the wall. */
    private String seconds(Instant wall) {
        Instant begin = events.isEmpty() ? wall : events.get(0).wall();
        return String.format(
                Locale.ROOT, "%.1f s", Duration.between(begin, wall).toMillis() / 1000.0);
    }
}
