// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who made a release, and so neither signs it nor lets anything of it go: whom the contract names, and whom the build knows.
 *
 * @param users their ids
 * @param unknown why one of them may be missing, a clause for people; empty where all of them are known
 * @param fix what to do about that
 */
public record ReleaseMakers(Set<String> users, String unknown, String fix) {
    public static ReleaseMakers of(Release release, Approvals approvals) throws IOException {
        Set<String> users = new LinkedHashSet<>(approvals.authors());
        boolean named = release.author() != null && !release.author().isBlank();
        boolean known = !named && !users.isEmpty();
        if (named) {
            Optional<String> user = approvals.user(release.author());
            user.ifPresent(users::add);
            known = user.isPresent();
        }
        List<String> missing = approvals.unknownAuthors();
        if (!missing.isEmpty()) {
            return new ReleaseMakers(
                    users,
                    "not all who made the release are known, so that one of them could sign: " + Lines.some(missing),
                    "build and release it again from a build whose history is there");
        }
        return known
                ? new ReleaseMakers(users, "", "")
                : new ReleaseMakers(
                        users,
                        "nobody knows who the release's author is, so nobody can be told to be another",
                        "set release.author to a user's id or mail address");
    }

    /** All of them; nobody where one may be missing. */
    public Optional<Set<String>> known() {
        return unknown.isEmpty() ? Optional.of(users) : Optional.empty();
    }
}
