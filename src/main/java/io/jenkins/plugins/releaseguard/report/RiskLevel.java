// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Likelihood times impact, each 1 to 3: from 6 high, from 3 medium. A risk that is mitigated or accepted counts one level lower, a closed
 * one is low; a word that isn't known counts as high, since unknown is never green.
 */
final class RiskLevel {
    private static final List<String> LEVELS = List.of("low", "medium", "high");

    private RiskLevel() {}

    static List<Report.RiskLine> lines(List<Event.RiskNoted> risks) {
        return risks == null
                ? List.of()
                : risks.stream()
                        .map(risk -> new Report.RiskLine(
                                risk.id(),
                                risk.title(),
                                risk.likelihood(),
                                risk.impact(),
                                risk.status(),
                                risk.mitigation(),
                                level(risk)))
                        .toList();
    }

    static String overall(List<Report.RiskLine> risks) {
        return risks.stream()
                .map(Report.RiskLine::level)
                .max(Comparator.comparingInt(LEVELS::indexOf))
                .orElse("none stated");
    }

    private static String level(Event.RiskNoted risk) {
        int product = rank(risk.likelihood()) * rank(risk.impact());
        int level = product >= 6 ? 2 : product >= 3 ? 1 : 0;
        return switch (Words.text(risk.status()).toLowerCase(Locale.ROOT)) {
            case "closed" -> LEVELS.get(0);
            case "mitigated", "accepted" -> LEVELS.get(Math.max(0, level - 1));
            default -> LEVELS.get(level);
        };
    }

    private static int rank(String word) {
        int rank = LEVELS.indexOf(Words.text(word).toLowerCase(Locale.ROOT));
        return rank < 0 ? 3 : rank + 1;
    }
}
