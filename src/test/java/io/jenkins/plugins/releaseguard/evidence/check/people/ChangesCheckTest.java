// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import io.jenkins.plugins.releaseguard.testing.FakeCheckContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose a commit is and who reviewed it is what the tracker says: words in a commit borrow nothing, and merges bring nothing in. */
class ChangesCheckTest {
    private static final String ID = "4be1f0c".repeat(5) + "00000";
    private static final String CHECK = "changes: {since: 0123abc, file: changes.json, exempt: [release-bot]}";

    private static String commit(String id, String name, String message) {
        return "\u001e" + id + " aaaa\u001f" + name + "\u001f" + name.toLowerCase() + "@example.com\u001f" + message
                + "\n";
    }

    private static Evidence look(String commits, String changes) {
        return CheckFixture.at(
                CHECK, new FakeCheckContext().nobodyKnown().command(0, commits).file("changes.json", changes));
    }

    @Test
    void anIdInAMessageBorrowsNoReview() {
        String listed = "[{\"id\":\"12\",\"author\":\"bob\",\"reviewers\":[\"grace\"],\"commits\":[\"%s\"]}]";

        assertThat(look(commit(ID, "Ada", "Add (#12)"), listed.formatted(ID)).status())
                .isEqualTo(Status.PASS);
        assertThat(look(commit(ID, "Ada", "Add (#12)"), listed.formatted("99".repeat(20)))
                        .status())
                .isEqualTo(Status.FAIL);
        assertThat(look(commit(ID, "Ada", "Add (#12)"), listed.formatted(ID.substring(0, 6)))
                        .status())
                .as("too short to be one commit's")
                .isEqualTo(Status.FAIL);
    }

    @ParameterizedTest
    @CsvSource({
        "ada, grace, PASS",
        "ada, ada, FAIL",
        "ada, ADA, FAIL",
        "ada, Ada L, UNKNOWN",
        "ada.lovelace, Ada L, UNKNOWN",
        "alovelace, Ada Lovelace, UNKNOWN",
        "ada, ada@example.com, UNKNOWN",
        "ada.smith, ada.jones, PASS",
        "Ann Lee, Annika Berg, PASS",
        "'', grace, FAIL"
    })
    void whoCantBeToldApartIsUnknown(String author, String reviewer, Status says) {
        Evidence evidence = look(
                commit(ID, "Zoe", "Add"),
                "[{\"id\":\"12\",\"author\":\"%s\",\"reviewers\":[\"%s\"],\"commits\":[\"%s\"]}]"
                        .formatted(author, reviewer, ID));

        assertThat(evidence.status()).as(evidence.toString()).isEqualTo(says);
    }

    @Test
    void oneReviewerWhoIsSurelyAnotherIsEnough() {
        assertThat(look(
                                commit(ID, "Zoe", "Add"),
                                "[{\"id\":\"12\",\"author\":\"ada\",\"reviewers\":[\"Ada L\",\"grace\"],\"commits\":[\""
                                        + ID + "\"]}]")
                        .status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void exemptIsWhomTheTrackerNames() {
        String of = "[{\"id\":\"12\",\"author\":\"%s\",\"commits\":[\"" + ID + "\"]}]";

        assertThat(look(commit(ID, "Eve", "Bump"), of.formatted("release-bot")).status())
                .isEqualTo(Status.PASS);
        assertThat(look(commit(ID, "release-bot", "Bump"), of.formatted("eve")).status())
                .as("a name in git is anybody's")
                .isEqualTo(Status.FAIL);
        assertThat(look(commit(ID, "release-bot", "Bump"), "[]").status()).isEqualTo(Status.FAIL);
        assertThat(CheckFixture.at(
                                "changes: {since: 0123abc, reviewed: no, exempt: [release-bot]}",
                                new FakeCheckContext().command(0, commit(ID, "release-bot", "Bump")))
                        .status())
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void aMergeThatBringsSomethingOfItsOwnIsACommit() {
        String merge = "ef".repeat(20);
        String all = commit(ID, "Zoe", "Add") + "\u001e" + merge
                + " aaaa bbbb\u001fEve\u001feve@example.com\u001fMerge branch x\n";
        String changes = "[{\"id\":\"12\",\"author\":\"ada\",\"reviewers\":[\"grace\"],\"commits\":[\"" + ID + "\"]}]";

        for (String files : List.of("", "\n\nsrc/Backdoor.java\n")) {
            FakeCheckContext context = new FakeCheckContext()
                    .nobodyKnown()
                    .commands(call -> call.arguments().contains("--merges") ? "\u001e" + merge + files : all)
                    .file("changes.json", changes);

            Evidence evidence = CheckFixture.at(CHECK, context);
            assertThat(evidence.status())
                    .as(evidence.toString())
                    .isEqualTo(files.isEmpty() ? Status.PASS : Status.FAIL);
        }
    }
}
