// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import io.jenkins.plugins.releaseguard.evidence.People;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.evidence.Signers;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Sha256;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Who has spoken. The last word of each person counts that fits the terms. Ids that differ in case only are one person: most
 * realms let people log in by either spelling, and nobody may sign twice.
 *
 * @param counted by user id in lower case, oldest first
 * @param ignored why a person's word doesn't count, where no other word of that person does
 */
public record Signatures(Map<String, SignOff> counted, Map<String, String> ignored) {
    /** How long a signature holds where the contract doesn't say. */
    public static final Duration USUAL = Duration.ofDays(1);

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    /** Who may sign, for which artifact, who made it (empty where they may sign), and for how long. */
    public record Terms(Signers of, People people, String digest, Set<String> authors, Duration expires, Instant now) {
        /** Why a word doesn't count; null where it does. */
        public String against(SignOff word) {
            if (word.by().isBlank()) {
                return "without a name";
            }
            if (authors.stream().anyMatch(author -> author.equalsIgnoreCase(word.by()))) {
                return "the release's author";
            }
            String unnamed = of.against(word.by(), word.groups(), people);
            if (unnamed != null) {
                return unnamed;
            }
            if (!digest.equalsIgnoreCase(word.digest())) {
                return "for another artifact, " + Sha256.shortened(String.valueOf(word.digest()));
            }
            if (word.at().isAfter(now.plus(CLOCKS_DIFFER))) {
                return "dated in the future, " + word.at();
            }
            return word.at().plus(expires).isAfter(now) ? null : "expired after " + Span.text(expires);
        }
    }

    static Signatures of(List<SignOff> words, Terms terms) {
        Map<String, SignOff> counted = new LinkedHashMap<>();
        Map<String, String> ignored = new LinkedHashMap<>();
        for (SignOff word : words) {
            if (word.by().isBlank()) {
                ignored.put("", "somebody (without a name)");
                continue;
            }
            String person = word.by().toLowerCase(Locale.ROOT);
            String against = terms.against(word);
            if (against == null) {
                counted.put(person, word);
            } else {
                ignored.put(person, word.by() + " (" + against + ")");
            }
        }
        ignored.keySet().removeAll(counted.keySet());
        return new Signatures(counted, ignored);
    }

    /** Those whose word counts. */
    String names() {
        return String.join(", ", counted.values().stream().map(SignOff::by).toList());
    }

    /** {@code "; not counted: ada (the release's author)"}; empty where everybody's word counts. */
    String passedOver() {
        return ignored.isEmpty() ? "" : "; not counted: " + Lines.some(ignored.values());
    }
}
