// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Release;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReleaseMakersTest {
    private static final Release RELEASE =
            new Release("checkout", "2", "abc", List.of(), "", List.of(), "team", "Dana Lee", null, null);

    private static Approvals knowing(Set<String> authors, List<String> missing, String user) {
        return new Approvals() {
            @Override
            public List<SignOff> of(String entry) {
                return List.of();
            }

            @Override
            public Set<String> authors() {
                return authors;
            }

            @Override
            public List<String> unknownAuthors() {
                return missing;
            }

            @Override
            public Optional<String> user(String author) {
                return Optional.ofNullable(user);
            }
        };
    }

    @Test
    void whomTheContractNamesAndWhomTheBuildKnows() throws IOException {
        assertThat(ReleaseMakers.of(RELEASE, knowing(Set.of("max"), List.of(), "dana"))
                        .known())
                .contains(Set.of("max", "dana"));
    }

    @Test
    void nobodyIsKnownWhereOneMayBeMissing() throws IOException {
        ReleaseMakers gone = ReleaseMakers.of(RELEASE, knowing(Set.of("max"), List.of("a build is gone"), "dana"));
        assertThat(gone.known()).isEmpty();
        assertThat(gone.unknown()).contains("a build is gone");
        assertThat(gone.users()).containsExactlyInAnyOrder("max", "dana");
        ReleaseMakers stranger = ReleaseMakers.of(RELEASE, knowing(Set.of("max"), List.of(), null));
        assertThat(stranger.known()).isEmpty();
        assertThat(stranger.unknown()).contains("nobody knows who the release's author is");
    }
}
