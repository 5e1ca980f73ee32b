// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/**
 * How often an Argo metric is measured, and how many measurements may fail (features/analysis.md; analysis/analysis.go): {@code interval}, without which it is
 * measured once; {@code count}; {@code failureLimit} and {@code inconclusiveLimit}, 0 where nothing is said, which count all of a run;
 * {@code consecutiveErrorLimit}, 4 where nothing is said.
 */
final class ArgoPace {
    private static final int MOST = 10_000;
    private static final int USUAL_ERRORS = 4;

    private final Given metric;
    private final ContractDraft draft;
    private final Map<String, String> arguments;
    private final Duration every;
    private final Integer count;
    private final Integer failures;
    private final boolean never;

    ArgoPace(Given metric, ContractDraft draft, Map<String, String> arguments) {
        this.metric = metric;
        this.draft = draft;
        this.arguments = arguments;
        every = interval();
        Integer told = number("count", 0);
        count = every == null ? Integer.valueOf(1) : told == null || told < 1 ? null : told;
        failures = number("failureLimit", 0);
        never = failures != null && failures < 0;
        if (never) {
            draft.changed(metric.at("failureLimit"), "its failures stop nothing there, and nothing here: muted: yes");
        }
        Integer errors = number("consecutiveErrorLimit", USUAL_ERRORS);
        if (every != null) {
            int borne = errors == null || errors < 0 ? USUAL_ERRORS : errors;
            draft.silence(every.multipliedBy(borne + 1L));
        } else if (metric.has("consecutiveErrorLimit")) {
            draft.changed(
                    metric.at("consecutiveErrorLimit"),
                    "a silent source is borne as long as noData: of the rollout says, a minute where it says nothing");
        }
        if (told != null && every != null && count != null && needed(failures) == 1) {
            draft.changed(metric.at("count"), "it is looked at as long as the release lasts, not so many times");
        }
    }

    private Duration interval() {
        String text = ArgoReader.filled(metric.text("interval"), arguments);
        Duration time = Numbers.secondsOrTime(text);
        if (time == null && !text.isEmpty()) {
            draft.left(metric.at("interval"), "a time is needed here, such as 1m: without one it is measured once");
        }
        return time == null || time.isZero() ? null : time;
    }

    /** Null where it is no number, which is told. */
    private Integer number(String name, int usual) {
        Given at = metric.at(name);
        if (!at.isThere()) {
            return usual;
        }
        BigDecimal number = Numbers.of(ArgoReader.filled(at.text(), arguments));
        if (number == null || number.abs().compareTo(BigDecimal.valueOf(MOST)) > 0) {
            draft.left(at, "a number is needed here: it is taken for " + usual);
            return null;
        }
        return number.intValue();
    }

    private static int needed(Integer limit) {
        return limit == null || limit < 0 ? 1 : limit + 1;
    }

    /** Whether no failure stops anything. */
    boolean never() {
        return never;
    }

    ToolPace failures() {
        return new ToolPace(every, needed(failures), count);
    }

    /** Of what neither fails nor succeeds. */
    ToolPace doubts() {
        return new ToolPace(every, needed(number("inconclusiveLimit", 0)), count);
    }

    /** How long a step lasts that measures so often; zero for once. */
    static Duration lasting(Given metric, Map<String, String> arguments) {
        Duration every =
                Numbers.secondsOrTime(ArgoReader.filled(metric.at("interval").peek(), arguments));
        BigDecimal count = Numbers.of(ArgoReader.filled(metric.at("count").peek(), arguments));
        Duration delay = Numbers.secondsOrTime(
                ArgoReader.filled(metric.at("initialDelay").peek(), arguments));
        Duration first = delay == null ? Duration.ZERO : delay;
        boolean bounded = every != null && count != null && count.signum() > 0 && count.intValue() <= MOST;
        return bounded ? first.plus(every.multipliedBy(count.intValue() - 1L)) : first;
    }
}
