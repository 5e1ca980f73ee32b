// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.contract.Signer;
import io.jenkins.plugins.releaseguard.evidence.People.Known;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Who may sign. A user never counts for a group of the same name, nor a group for a user: a bare name counts only while just one of
 * the two can be meant, and for nobody where both are there or nobody can tell.
 */
public record Signers(List<Signer> named) {
    /** What is said of whom no name means. */
    public static final String NOT_NAMED = "not one of those who may sign";

    public Signers {
        named = List.copyOf(named);
    }

    /** @param names as a contract has them */
    public static Signers of(List<String> names) {
        return new Signers(Signer.all(names));
    }

    /**
     * Why a person isn't one of them; null where it is.
     *
     * @param groups which the person is in
     */
    public String against(String id, Set<String> groups, People people) {
        String unclear = null;
        for (Signer signer : named) {
            boolean isUser = !id.isBlank() && people.sameUser(signer.name(), id);
            boolean isMember = groups.stream().anyMatch(group -> people.sameGroup(signer.name(), group));
            if (switch (signer.kind()) {
                case USER -> isUser;
                case GROUP -> isMember;
                case BARE -> isUser != isMember && meant(signer, isUser, people);
            }) {
                return null;
            }
            if (signer.bare() && (isUser || isMember) && unclear == null) {
                unclear = flaw(
                        isUser ? Known.YES : people.user(signer.name()),
                        isMember ? Known.YES : people.group(signer.name()),
                        signer);
            }
        }
        return unclear == null ? NOT_NAMED : unclear;
    }

    /** Whether nothing but the user, or nothing but the group, has the name. The one that was seen just now is there. */
    private static boolean meant(Signer signer, boolean asUser, People people) {
        return (asUser ? people.group(signer.name()) : people.user(signer.name())) == Known.NO;
    }

    private static String both(Signer signer) {
        return "'" + signer + "' is a user and a group: write " + signer.apart();
    }

    private static String untold(Signer signer) {
        return "whether '" + signer + "' is a user or a group can't be told: write " + signer.apart();
    }

    /** Of bare names that mean nobody, or nobody can tell whom: why, one each. Empty where every name is clear. */
    public List<String> unclear(People people) {
        return named.stream()
                .filter(Signer::bare)
                .map(signer -> flaw(people.user(signer.name()), people.group(signer.name()), signer))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether no name means anybody, and waiting would not change it. */
    public boolean isNobody(People people) {
        return named.stream()
                .allMatch(signer -> signer.name().isBlank()
                        || signer.bare()
                                && people.user(signer.name()) == Known.YES
                                && people.group(signer.name()) == Known.YES);
    }

    private static String flaw(Known user, Known group, Signer signer) {
        if (user == Known.NO || group == Known.NO) {
            return null;
        }
        return user == Known.YES && group == Known.YES ? both(signer) : untold(signer);
    }
}
