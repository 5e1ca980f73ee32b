// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Properties of a report that say what was tested, under the names that build tools and CI systems give them, in any spelling
 * ({@code git.commit.id}, {@code GIT_COMMIT}): a commit as 7 to 64 hex digits, with {@code -dirty} where there were changes
 * beside it, or the SHA-256 of an artifact or image. Anything else under such a name says nothing.
 */
final class TestedNames {
    private static final int MOST = 20;

    private static final Set<String> COMMIT = Set.of(
            "commit",
            "commitid",
            "commitsha",
            "commithash",
            "gitcommit",
            "gitcommitid",
            "gitcommitidfull",
            "gitcommitsha",
            "gitcommithash",
            "gitsha",
            "gitsha1",
            "githash",
            "githead",
            "gitrevision",
            "scmcommit",
            "scmrevision",
            "vcscommit",
            "vcsrevision",
            "vcsrefheadrevision",
            "buildvcsnumber",
            "buildsourceversion",
            "sourceversion",
            "sourcerevision",
            "sourcerevisionid",
            "cicommit",
            "cicommitsha",
            "cicommitid",
            "githubsha",
            "bitbucketcommit",
            "circlesha1",
            "traviscommit",
            "buildkitecommit");
    private static final Set<String> DIGEST = Set.of(
            "artifactsha256",
            "artifactdigest",
            "artifactsha",
            "imagedigest",
            "imagesha256",
            "containerimagedigest",
            "dockerimagedigest",
            "builddigest");

    final Set<String> commits = new LinkedHashSet<>();
    final Set<String> digests = new LinkedHashSet<>();

    void property(String name, String value) {
        String plain = plain(name);
        String text = value.strip().toLowerCase(Locale.ROOT);
        if (COMMIT.contains(plain) && text.matches("[0-9a-f]{7,64}([-+.]dirty)?") && commits.size() < MOST) {
            commits.add(text);
        } else if (DIGEST.contains(plain) && digests.size() < MOST) {
            String hex = text.substring(text.indexOf("sha256:") < 0 ? 0 : text.indexOf("sha256:") + 7);
            if (hex.matches("[0-9a-f]{64}")) {
                digests.add(hex);
            }
        }
    }

    /** Letters and digits alone, without what says that it comes from the environment. */
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder();
        name.strip()
                .toLowerCase(Locale.ROOT)
                .chars()
                .limit(80)
                .filter(Character::isLetterOrDigit)
                .forEach(c -> plain.append((char) c));
        return plain.indexOf("env") == 0 ? plain.substring(3) : plain.toString();
    }
}
