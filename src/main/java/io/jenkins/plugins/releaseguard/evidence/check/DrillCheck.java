// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.evidence.Ages;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Drill;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The newest rehearsal of the rollback: confirmed, inside the objective, not too long ago. */
final class DrillCheck implements Check {
    @Override
    public String kind() {
        return "drill";
    }

    @Override
    public Finding look(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        String environment = settings.text("environment");
        Found found = Found.now(context).looked("rollback drills").from(Origin.LEDGER);
        List<Drill> drills = context.ledger().drills(environment);
        if (drills.isEmpty()) {
            return found.value("never")
                    .limit("a drill")
                    .fail(
                            "the rollback was never rehearsed" + (environment.isEmpty() ? "" : " in " + environment),
                            "run rollbackDrill");
        }
        Drill newest = drills.get(0);
        found.looked(newest.record());
        if (!newest.confirmed()) {
            return found.value("not confirmed")
                    .limit("confirmed")
                    .fail("the last drill was not confirmed", "mend the procedure and rehearse it again");
        }
        Duration within =
                settings.duration("within").orElse(context.contract().release().objective());
        Duration age = Duration.between(newest.at(), context.now());
        if (age.isNegative() || within == null) {
            return found.unknown(
                    within == null ? "there is no objective" : "the drill is from the future",
                    "set within, and the clocks right");
        }
        if (newest.took().compareTo(within) > 0) {
            return found.value(Say.number(seconds(newest.took()), "s"))
                    .limit("<= " + Say.number(seconds(within), "s"))
                    .fail(
                            "the last drill took longer than the objective",
                            "make the procedure faster and rehearse it again");
        }
        return new Limits()
                .want("age", settings.threshold("age"), age.toSeconds(), "s")
                .conclude(
                        found,
                        "rehearsed in " + Say.number(seconds(newest.took()), "s") + ", " + Ages.text(age) + " ago",
                        "the last drill was " + Ages.text(age) + " ago",
                        "run rollbackDrill again");
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
