// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Span;
import java.util.Comparator;
import java.util.Optional;

/** A forecast in one line, for whoever starts a release. */
public final class ForecastSentence {
    private ForecastSentence() {}

    /**
     * As in "about 1 h 10 min; the phase of 1% needs 42 min at the present 11 requests/s". Where most releases would be held, that.
     *
     * @param requests a second
     */
    public static String of(Forecast forecast, double requests) {
        String rate = " at the present " + Quantity.number(requests, 2) + " requests/s";
        Optional<PhaseOutlook> stuck = forecast.phases().stream()
                .filter(p -> p.compared() && p.held() > 0.5)
                .findFirst();
        String all = "about " + time(forecast.total().median());
        if (stuck.isPresent()) {
            boolean proceeds = Double.isFinite(forecast.total().median());
            return (proceeds ? all + "; " : "likely held: ") + "the phase of "
                    + stuck.get().name()
                    + (proceeds ? " goes on unproven after" : " stays undecided at") + " its longest bake in "
                    + Quantity.number(100 * stuck.get().held(), 2) + " %" + " of the simulated releases" + rate;
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

    /** To the minute: a forecast is no better. */
    public static String time(double seconds) {
        return Double.isInfinite(seconds)
                ? "longer than was simulated"
                : seconds < 90 ? Span.about(seconds) : Span.text(Math.ceil(seconds / 60) * 60);
    }
}
