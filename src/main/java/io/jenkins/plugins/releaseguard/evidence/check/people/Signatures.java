// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.people;

import io.jenkins.plugins.releaseguard.evidence.People;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.evidence.Signers;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Sha256;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Who has spoken. The last word of each person on this artifact counts, where it fits the terms; a refusal stands until its author says
 * something else, however long ago it was and whatever groups the person has left since. Ids that differ in case only are one person: most
 * realms let people log in by either spelling, and nobody may sign twice.
 *
 * @param counted by user id in lower case, oldest first
 * @param ignored why a person's word doesn't count, where no other word of that person does
 */
public record Signatures(Map<String, SignOff> counted, Map<String, String> ignored) {
    /** How long a signature holds where the contract doesn't say. */
    public static final Duration USUAL = Duration.ofDays(1);

    private static final String REPLACED = "replaced by a later word";

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

        /** Whether it is about this artifact, and said by now. */
        private boolean isOfThis(SignOff word) {
            return digest.equalsIgnoreCase(word.digest()) && !word.at().isAfter(now.plus(CLOCKS_DIFFER));
        }

        /** Whether a refusal stands: it does not expire, and whoever was heard before is still heard. */
        private boolean stands(SignOff refusal, boolean heard) {
            return isOfThis(refusal)
                    && authors.stream().noneMatch(author -> author.equalsIgnoreCase(refusal.by()))
                    && (heard || of.against(refusal.by(), refusal.groups(), people) == null);
        }
    }

    static Signatures of(List<SignOff> words, Terms terms) {
        Map<String, SignOff> counted = new LinkedHashMap<>();
        Map<String, String> ignored = new LinkedHashMap<>();
        List<String> flaws = flaws(words, terms);
        for (int i = 0; i < words.size(); i++) {
            SignOff word = words.get(i);
            if (word.by().isBlank()) {
                ignored.put("", "somebody (without a name)");
            } else if (flaws.get(i).isEmpty()) {
                counted.put(person(word), word);
            } else if (!flaws.get(i).equals(REPLACED)) {
                ignored.put(person(word), word.by() + " (" + flaws.get(i) + ")");
            }
        }
        ignored.keySet().removeAll(counted.keySet());
        return new Signatures(counted, ignored);
    }

    /** Why each word does not count, in their order; empty where it does, or did until the same person's next that does. */
    public static List<String> flaws(List<SignOff> words, Terms terms) {
        List<String> flaws = new ArrayList<>();
        Set<String> heard = new HashSet<>();
        for (SignOff word : words) {
            String against = terms.against(word);
            boolean stands = !word.approved() && terms.stands(word, heard.contains(person(word)));
            if (against == null || stands) {
                heard.add(person(word));
                flaws.add("");
                continue;
            }
            if (terms.isOfThis(word)) {
                // the last word replaces what the person said before, also where it counts no more itself
                for (int i = 0; i < flaws.size(); i++) {
                    boolean own = person(words.get(i)).equals(person(word));
                    flaws.set(i, own && flaws.get(i).isEmpty() ? REPLACED : flaws.get(i));
                }
            }
            flaws.add(against);
        }
        return flaws;
    }

    private static String person(SignOff word) {
        return word.by().toLowerCase(Locale.ROOT);
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
