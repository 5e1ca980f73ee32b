// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Signer;
import io.jenkins.plugins.releaseguard.testing.FakePeople;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** H12: users and groups are two, whatever they are called. */
class SignersTest {
    /** Both is a user and a group, mute is something that the directory can't tell. */
    private static final People PEOPLE = new FakePeople(
            Set.of("ann", "Both", "release-managers2"), Set.of("release-managers", "Both", "qa"), Set.of("mute"));

    @ParameterizedTest(name = "{0} signed by {1} of {2}: {3}")
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '¬',
            nullValues = "counts",
            value = {
                "user:ann ¦ ann ¦ qa ¦ counts",
                "user:ann ¦ ANN ¦ qa ¦ counts",
                "user:ann ¦ bob ¦ ann ¦ not one of those who may sign",
                "group:qa ¦ ann ¦ qa ¦ counts",
                "group:qa ¦ qa ¦ others ¦ not one of those who may sign",
                // user ids that are made to look like a name
                "group:qa ¦ group:qa ¦ others ¦ not one of those who may sign",
                "user:ann ¦ user:ann ¦ others ¦ not one of those who may sign",
                "user: ¦ ann ¦ qa ¦ not one of those who may sign",
                // bare names of which only one is there
                "ann ¦ ann ¦ qa ¦ counts",
                "release-managers ¦ ann ¦ release-managers ¦ counts",
                // a realm that knows no such group, and lets somebody in with it all the same
                "unlisted ¦ ann ¦ unlisted ¦ counts",
                "Both ¦ both ¦ others ¦ 'Both' is a user and a group: write user:Both or group:Both",
                "Both ¦ ann ¦ Both ¦ 'Both' is a user and a group: write user:Both or group:Both",
                "ann ¦ bob ¦ ann ¦ 'ann' is a user and a group: write user:ann or group:ann",
                "qa ¦ qa ¦ others ¦ 'qa' is a user and a group: write user:qa or group:qa",
                "mute ¦ mute ¦ others ¦ whether 'mute' is a user or a group can't be told: write user:mute or group:mute",
                "mute ¦ ann ¦ mute ¦ whether 'mute' is a user or a group can't be told: write user:mute or group:mute",
                "user:mute ¦ mute ¦ others ¦ counts",
                "group:mute ¦ ann ¦ mute ¦ counts",
                // private groups, each called as its only user
                "ann ¦ ann ¦ ann ¦ 'ann' is a user and a group: write user:ann or group:ann",
            })
    void whoIsMeant(String named, String by, String group, String against) {
        assertThat(Signers.of(List.of(named)).against(by, Set.of(group), PEOPLE))
                .isEqualTo(against);
        assertThat(Signers.of(List.of("user:other", named, "group:another")).against(by, Set.of(group), PEOPLE))
                .as("among others")
                .isEqualTo(against);
    }

    @Test
    void strangersMeanNobody() {
        assertThat(Signers.of(List.of("ann")).against("ann", Set.of(), People.STRANGERS))
                .contains("can't be told");
    }

    @Test
    void whatIsUnclearIsSaidBeforeAnybodySigns() {
        Signers all = Signers.of(List.of("ann", "release-managers", "Both", "mute", "user:Both"));
        assertThat(all.unclear(PEOPLE))
                .containsExactly(
                        "'Both' is a user and a group: write user:Both or group:Both",
                        "whether 'mute' is a user or a group can't be told: write user:mute or group:mute");
        assertThat(all.isNobody(PEOPLE)).isFalse();
        assertThat(Signers.of(List.of("Both", "user:")).isNobody(PEOPLE)).isTrue();
        assertThat(Signers.of(List.of("mute")).isNobody(PEOPLE))
                .as("it may be told later")
                .isFalse();
    }

    @Test
    void aNameIsWrittenAsItWasRead() {
        for (String text : List.of("user:ann", "group:release-managers", "ann", "User:ann", "urn:x:y")) {
            assertThat(Signer.of(text)).hasToString(text);
        }
        assertThat(Signer.of(" group: qa ")).isEqualTo(new Signer(Signer.Kind.GROUP, "qa"));
        assertThat(Signer.of("User:ann").bare()).isTrue();
    }
}
