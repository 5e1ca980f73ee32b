// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.ledger;

/**
 * How far a ledger's entry can be believed.
 *
 * @param reason what is proven, or what doesn't agree, as the end of a sentence about the entry
 */
public record EntryProof(Level level, String reason) {
    /** From the best down. */
    public enum Level {
        /** This controller's key signed all of its fields. */
        SIGNED,
        /** It agrees with its own digest, and no key is at hand: whoever can write the file can have made both. */
        DIGEST,
        /** Nothing contradicts it, and nothing proves it. */
        UNPROVEN,
        /** It is not what was sealed. */
        ALTERED
    }

    /** Whether it may be believed by who has no more than what is at hand here. */
    public boolean holds() {
        return level == Level.SIGNED || level == Level.DIGEST;
    }

    /** @param key this controller's; null where there is none, as on the command line */
    public static EntryProof of(LedgerEntry entry, SealKey key) {
        EntryCover cover = entry.cover();
        if (cover == null) {
            return new EntryProof(
                    Level.UNPROVEN, "carries no seal of its own: an earlier version wrote it, or somebody by hand");
        }
        if (!cover.known(entry)) {
            return new EntryProof(Level.UNPROVEN, "was sealed by a later version, whose form is not known here");
        }
        if (!cover.agrees(entry)) {
            return new EntryProof(Level.ALTERED, "is not what was sealed: its fields don't give its digest");
        }
        if (entry.seal() == null) {
            return new EntryProof(Level.UNPROVEN, "names no seal of a report");
        }
        return key == null ? withoutKey(cover) : withKey(entry, cover, key);
    }

    private static EntryProof withoutKey(EntryCover cover) {
        return new EntryProof(
                Level.DIGEST,
                "agrees with its digest; "
                        + (cover.mac() == null
                                ? "no key signed it"
                                : "its signature was not checked, without the key"));
    }

    private static EntryProof withKey(LedgerEntry entry, EntryCover cover, SealKey key) {
        if (!key.problem().isEmpty()) {
            return new EntryProof(Level.UNPROVEN, "can't be checked: the controller's key, " + key.problem());
        }
        if (cover.mac() == null) {
            return new EntryProof(Level.UNPROVEN, "is not signed by this controller's key");
        }
        if (!key.id().equals(cover.mac().key())) {
            return new EntryProof(
                    Level.UNPROVEN, "is signed by another key than this controller's, which is " + key.id());
        }
        return cover.signed(entry, key)
                ? new EntryProof(Level.SIGNED, "is signed by this controller's key")
                : new EntryProof(Level.ALTERED, "is not what was signed: its signature is not that of this key");
    }
}
