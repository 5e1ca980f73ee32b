// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Undecided;
import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Span;
import java.util.Comparator;
import java.util.Optional;

/** A forecast in one line, for whoever starts a release. */
public final class ForecastSentence {
    private ForecastSentence() {}

    /**
     * As in "about 1 h 10 min; the phase of 1% needs 42 min at the present 11 requests/s". Where most releases would be held, or some stopped
     * in vain, that.
     *
     * @param requests a second
     */
    public static String of(Forecast forecast, double requests) {
        String rate = " at the present " + Quantity.number(requests, 2) + " requests/s";
        Optional<PhaseOutlook> stuck = forecast.phases().stream()
                .filter(p -> p.compared() && p.held() > 0.5)
                .findFirst();
        double median = forecast.total().median();
        String vain = forecast.vain();
        if (Double.isNaN(median)) {
            return vain + rate;
        }
        String lead = vain.isEmpty() ? "" : vain + "; the others: ";
        String all = lead + "about " + time(median);
        if (stuck.isPresent()) {
            boolean proceeds = forecast.undecided() == Undecided.PROCEED;
            return (proceeds ? all + "; " : lead + "likely " + fate(forecast) + ": ") + "the phase of "
                    + stuck.get().name()
                    + (proceeds ? " goes on unproven after" : " stays undecided at") + " its longest bake in "
                    + Quantity.percent(stuck.get().held(), 2) + " of the simulated releases"
                    + (vain.isEmpty() ? "" : " that got there") + rate;
        }
        if (Double.isInfinite(median)) {
            // no phase alone has most of them
            return lead + "likely " + fate(forecast) + ": most simulated releases stayed undecided at a longest bake"
                    + rate;
        }
        return forecast.phases().stream()
                .filter(p -> p.compared()
                        && !p.slowest().isEmpty()
                        && Double.isFinite(p.takes().median()))
                .max(Comparator.comparingDouble(p -> p.takes().median()))
                .map(p -> all + "; the phase of " + p.name() + " needs "
                        + time(p.takes().median()) + rate)
                .orElse(all + rate);
    }

    /** What becomes of a release that is undecided and doesn't go on: as in "likely held". */
    static String fate(Forecast forecast) {
        return forecast.undecided() == Undecided.ROLLBACK ? "rolled back" : "held";
    }

    /** To the minute: a forecast is no better. */
    public static String time(double seconds) {
        return Double.isInfinite(seconds)
                ? "longer than was simulated"
                : seconds < 90 ? Span.about(seconds) : Span.text(Math.ceil(seconds / 60) * 60);
    }
}
