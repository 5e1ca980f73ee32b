// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import java.util.List;

/**
 * Who is named as one who may sign: {@code user:ann}, {@code group:release-managers}, or a bare name, of which only Jenkins can tell
 * which of the two is meant.
 *
 * @param kind what the name is of
 * @param name without its prefix; blank where nothing follows the prefix, which names nobody
 */
public record Signer(Kind kind, String name) {
    private static final String USER = "user:";
    private static final String GROUP = "group:";

    /** What a name is of. */
    public enum Kind {
        /** One person, by user id. */
        USER,
        /** Everybody in a group. */
        GROUP,
        /** Either, as the contract has it. */
        BARE
    }

    /** Understands a name as it is written; a prefix in other letters than small ones is none. */
    public static Signer of(String text) {
        String written = text.strip();
        if (written.startsWith(USER)) {
            return new Signer(Kind.USER, written.substring(USER.length()).strip());
        }
        return written.startsWith(GROUP)
                ? new Signer(Kind.GROUP, written.substring(GROUP.length()).strip())
                : new Signer(Kind.BARE, written);
    }

    /** The same for a list of names. */
    public static List<Signer> all(List<String> texts) {
        return texts.stream().map(Signer::of).toList();
    }

    public boolean bare() {
        return kind == Kind.BARE;
    }

    /** The two ways to write a bare name apart: {@code user:ann or group:ann}. */
    public String apart() {
        return USER + name + " or " + GROUP + name;
    }

    /** As it is written in a contract. */
    @Override
    public String toString() {
        return switch (kind) {
            case USER -> USER + name;
            case GROUP -> GROUP + name;
            case BARE -> name;
        };
    }
}
