// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sign-offs of this release, and who people are. */
@Beta
public interface Approvals {
    /** Nobody can sign here. */
    Approvals UNAVAILABLE = new Approvals() {
        @Override
        public List<SignOff> of(String entry) throws IOException {
            throw new UnavailableException("nobody can sign here", "run the gate where people can sign off");
        }

        @Override
        public Optional<String> user(String author) {
            return Optional.empty();
        }
    };

    /** Sign-offs on an entry, oldest first. */
    List<SignOff> of(String entry) throws IOException;

    /** User ids of those who made the release, beside whom the contract names: who started it, who wrote its changes. */
    default Set<String> authors() {
        return Set.of();
    }

    /** Why somebody may be missing among {@link #authors}, one clause each; empty where all of them are known. */
    default List<String> unknownAuthors() {
        return List.of();
    }

    /** Users and groups, to tell whom a name means. */
    default People people() {
        return People.STRANGERS;
    }

    /** The user id of a commit's author (name, mail address or id); empty where nobody is known by it. */
    Optional<String> user(String author) throws IOException;
}
