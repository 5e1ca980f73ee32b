// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.people;

import static io.jenkins.plugins.releaseguard.testing.FakeCheckContext.DIGEST;
import static io.jenkins.plugins.releaseguard.testing.FakeCheckContext.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.ReleaseDigest;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import io.jenkins.plugins.releaseguard.testing.FakeCheckContext;
import io.jenkins.plugins.releaseguard.testing.FakePeople;
import io.jenkins.plugins.releaseguard.testing.UnfinishedContractFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApprovalCheckTest {
    private static final String ONE = "approval: {of: [release-managers, root]}";

    private static SignOff sign(String by, String group, String digest, Instant at) {
        return new SignOff("DEP-002", by, Set.of(group), true, "", digest, at);
    }

    private static Status says(String check, SignOff... signs) {
        FakeCheckContext context = new FakeCheckContext();
        for (SignOff sign : signs) {
            context.signed(sign);
        }
        return CheckFixture.at(check, context).status();
    }

    @Test
    void usersAndGroupsSign() {
        assertThat(says(ONE, sign("root", "others", DIGEST, NOW))).isEqualTo(Status.PASS);
        assertThat(says(ONE, sign("grace", "release-managers", DIGEST.toUpperCase(), NOW)))
                .isEqualTo(Status.PASS);
        assertThat(says(ONE, sign("eve", "others", DIGEST, NOW))).isEqualTo(Status.UNKNOWN);
        assertThat(says(ONE, sign("", "release-managers", DIGEST, NOW))).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void aNewDigestVoidsSignatures() {
        assertThat(says(ONE, sign("root", "", "cd".repeat(32), NOW))).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void signaturesExpire() {
        String hour = "approval: {of: [root], expires: 1h}";

        assertThat(says(hour, sign("root", "", DIGEST, NOW.minusSeconds(3599)))).isEqualTo(Status.PASS);
        assertThat(says(hour, sign("root", "", DIGEST, NOW.minusSeconds(3600)))).isEqualTo(Status.UNKNOWN);
        assertThat(says(hour, sign("root", "", DIGEST, NOW.plusSeconds(3600)))).isEqualTo(Status.UNKNOWN);
        Evidence evidence =
                CheckFixture.at(hour, new FakeCheckContext().signed(sign("root", "", DIGEST, NOW.minusSeconds(600))));
        assertThat(evidence.at()).isEqualTo(NOW.minusSeconds(600));
        assertThat(evidence.maxAge()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void theLastWordOfAPersonCounts() {
        SignOff yes = sign("root", "", DIGEST, NOW.minusSeconds(60));
        SignOff no = new SignOff("DEP-002", "root", Set.of(), false, "the queue is full", DIGEST, NOW.minusSeconds(30));
        Evidence refused =
                CheckFixture.at(ONE, new FakeCheckContext().signed(yes).signed(no));

        assertThat(refused.status()).isEqualTo(Status.FAIL);
        assertThat(refused.reason()).isEqualTo("refused by root: the queue is full");
        assertThat(says(ONE, no, sign("root", "", DIGEST, NOW))).isEqualTo(Status.PASS);
    }

    private static SignOff refuse(String by, String group, String digest, Instant at) {
        return new SignOff("DEP-002", by, Set.of(group), false, "no", digest, at);
    }

    @Test
    void aRefusalStandsUntilItsAuthorSaysSomethingElse() {
        String hour = "approval: {of: [group:release-managers], expires: 1h}";
        SignOff refused = refuse("grace", "release-managers", DIGEST, NOW.minusSeconds(7200));
        SignOff other = sign("linus", "release-managers", DIGEST, NOW);

        assertThat(says(hour, refused)).isEqualTo(Status.FAIL);
        assertThat(says(hour, refused, other))
                .as("another's word withdraws nothing")
                .isEqualTo(Status.FAIL);
        assertThat(says(hour, refused, other, sign("grace", "release-managers", DIGEST, NOW)))
                .isEqualTo(Status.PASS);
        assertThat(says(
                        hour,
                        refused,
                        sign("grace", "release-managers", DIGEST, NOW.minusSeconds(5000)),
                        sign("linus", "release-managers", DIGEST, NOW)))
                .as("withdrawn by a signature that has expired since")
                .isEqualTo(Status.PASS);
        assertThat(says(hour, refuse("grace", "release-managers", "cd".repeat(32), NOW), other))
                .as("of another artifact")
                .isEqualTo(Status.PASS);
        assertThat(says(hour, refuse("eve", "others", DIGEST, NOW), other))
                .as("of somebody who was never asked")
                .isEqualTo(Status.PASS);
        assertThat(says(hour, refuse("Ada", "release-managers", DIGEST, NOW), other))
                .as("the author's own")
                .isEqualTo(Status.PASS);
    }

    @Test
    void whoLeftTheGroupIsStillHeard() {
        String check = "approval: {of: [group:release-managers]}";
        SignOff signed = sign("grace", "release-managers", DIGEST, NOW.minusSeconds(60));

        assertThat(says(check, signed, refuse("grace", "others", DIGEST, NOW))).isEqualTo(Status.FAIL);
        assertThat(says(check, signed, sign("grace", "others", DIGEST, NOW)))
                .as("the last word replaces the first, and counts no more")
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void theAuthorSignsOnlyWhereAllowed() {
        assertThat(says(ONE, sign("Ada", "release-managers", DIGEST, NOW))).isEqualTo(Status.UNKNOWN);
        assertThat(says(
                        "approval: {of: [release-managers], author: yes}",
                        sign("ada", "release-managers", DIGEST, NOW)))
                .isEqualTo(Status.PASS);
    }

    @Test
    void whoseWordDoesNotCountIsSaid() {
        FakeCheckContext world = new FakeCheckContext()
                .signed(sign("Ada", "release-managers", DIGEST, NOW))
                .signed(sign("grace", "release-managers", "cd".repeat(32), NOW))
                .signed(sign("linus", "release-managers", DIGEST, NOW.minusSeconds(90_000)))
                .signed(sign("eve", "others", DIGEST, NOW))
                .signed(sign("mallory", "release-managers", DIGEST, NOW.plusSeconds(3600)));

        assertThat(CheckFixture.at(ONE, world).reason())
                .isEqualTo("1 more must sign; not counted: Ada (the release's author), grace (for another artifact,"
                        + " cdcdcdcdcdcd…), linus (expired after 1 d), eve (not one of those who may sign), mallory"
                        + " (dated in the future, 2026-11-21T13:00:00Z)");
        assertThat(CheckFixture.at(ONE, world).value()).isEqualTo("0 signed");
        assertThat(CheckFixture.at(ONE, world.signed(sign("grace", "release-managers", DIGEST, NOW)))
                        .reason())
                .startsWith("signed by grace; not counted: Ada (the release's author), linus")
                .doesNotContain("another artifact");
    }

    @Test
    void nobodySignsTwiceUnderTwoSpellings() {
        Evidence evidence = CheckFixture.at(
                "approval: {of: [release-managers], count: 2}",
                new FakeCheckContext()
                        .signed(sign("grace", "release-managers", DIGEST, NOW.minusSeconds(9)))
                        .signed(sign("Grace", "release-managers", DIGEST, NOW)));

        assertThat(evidence.status()).isEqualTo(Status.UNKNOWN);
        assertThat(evidence.value()).isEqualTo("1 signed: Grace");
    }

    @Test
    void anOwnRefusalIsSaidToo() {
        SignOff own = new SignOff("DEP-002", "ada", Set.of("release-managers"), false, "wait", DIGEST, NOW);

        Evidence evidence = CheckFixture.at(ONE, new FakeCheckContext().signed(own));

        assertThat(evidence.status()).isEqualTo(Status.UNKNOWN);
        assertThat(evidence.reason()).isEqualTo("1 more must sign; not counted: ada (the release's author)");
    }

    /** H12, N2: whoever writes another name under author is still who started the build, or wrote the changes. */
    @Test
    void whoMadeTheReleaseIsItsAuthorWhateverTheContractSays() {
        SignOff own = sign("Grace", "release-managers", DIGEST, NOW);
        Evidence evidence =
                CheckFixture.at(ONE, new FakeCheckContext().madeBy("grace").signed(own));
        assertThat(evidence.status()).isEqualTo(Status.UNKNOWN);
        assertThat(evidence.reason()).isEqualTo("1 more must sign; not counted: Grace (the release's author)");
        assertThat(CheckFixture.at(
                                ONE,
                                new FakeCheckContext()
                                        .madeBy("grace")
                                        .signed(own)
                                        .signed(sign("ada", "release-managers", DIGEST, NOW)))
                        .status())
                .as("the contract adds its own")
                .isEqualTo(Status.UNKNOWN);
        assertThat(CheckFixture.at(
                                ONE,
                                new FakeCheckContext()
                                        .madeBy("grace")
                                        .signed(sign("linus", "release-managers", DIGEST, NOW)))
                        .status())
                .isEqualTo(Status.PASS);
        assertThat(CheckFixture.at(
                                "approval: {of: [release-managers], author: yes}",
                                new FakeCheckContext().madeBy("grace").signed(own))
                        .status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void aContractWithoutAnAuthorHasThoseWhoMadeTheRelease() {
        SignOff signed = sign("linus", "release-managers", DIGEST, NOW);
        assertThat(CheckFixture.at(
                                ONE,
                                new FakeCheckContext()
                                        .with(UnfinishedContractFixture.without("author"))
                                        .madeBy("grace")
                                        .signed(signed))
                        .status())
                .isEqualTo(Status.PASS);
        assertThat(CheckFixture.at(
                                ONE,
                                new FakeCheckContext()
                                        .nobodyKnown()
                                        .madeBy("grace")
                                        .signed(signed))
                        .status())
                .as("an author whom nobody knows may be the one who signs")
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void aNameOfTwoIsNobodysAndTheGateSaysSo() {
        FakePeople twice = new FakePeople(Set.of("ada", "root"), Set.of("root", "release-managers"), Set.of());
        SignOff root = sign("root", "others", DIGEST, NOW);
        Evidence some =
                CheckFixture.at(ONE, new FakeCheckContext().people(twice).signed(root));
        assertThat(some.status()).isEqualTo(Status.UNKNOWN);
        assertThat(some.reason())
                .startsWith("1 more must sign; not counted: root ('root' is a user and a group")
                .contains("write user:root or group:root");
        assertThat(some.awaits()).isNotEmpty();
        Evidence none = CheckFixture.at("approval: {of: [root]}", new FakeCheckContext().people(twice));
        assertThat(none.status()).isEqualTo(Status.UNKNOWN);
        assertThat(none.awaits()).as("waiting helps nobody").isEmpty();
        assertThat(none.reason()).contains("nobody can sign: 'root' is a user and a group");
        assertThat(CheckFixture.at(
                                "approval: {of: [\"user:root\"]}",
                                new FakeCheckContext().people(twice).signed(root))
                        .status())
                .isEqualTo(Status.PASS);
        FakePeople silent = new FakePeople(Set.of(), Set.of(), Set.of("root"));
        Evidence later = CheckFixture.at(
                "approval: {of: [root]}", new FakeCheckContext().people(silent).signed(root));
        assertThat(later.status()).isEqualTo(Status.UNKNOWN);
        assertThat(later.awaits()).as("a directory may answer again").isNotEmpty();
    }

    @Test
    void onlyMissingSignaturesAreAwaited() {
        assertThat(CheckFixture.at(ONE, new FakeCheckContext()).awaits()).isEqualTo("1 of release-managers, root");
        assertThat(CheckFixture.at(ONE, new FakeCheckContext().nobodyKnown()).awaits())
                .isEmpty();
        assertThat(CheckFixture.at(ONE, new FakeCheckContext().with(UnfinishedContractFixture.without("author")))
                        .awaits())
                .isEmpty();
    }

    @Test
    void withoutAnArtifactTheCommitIsSignedFor() {
        String digest =
                ReleaseDigest.of(UnfinishedContractFixture.without("artifacts").release());
        FakeCheckContext context = new FakeCheckContext().with(UnfinishedContractFixture.without("artifacts"));

        assertThat(digest).isEqualTo(UnfinishedContractFixture.sha("4be1f0c"));
        assertThat(CheckFixture.at(ONE, context.signed(sign("root", "", digest, NOW)))
                        .status())
                .isEqualTo(Status.PASS);
    }
}
