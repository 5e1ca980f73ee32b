// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import io.jenkins.plugins.releaseguard.testing.FakeCheckContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key that matches nothing, a word that is no name, no date or no number, a thing compared with itself: nothing of it passes. */
class ChecksOfNothingTest {
    private static final String PAPER = "author: Ada\nreviewed-by: %s\ndate: %s\n\n# Contacts\nCall us.\n";
    private static final String QA = "recommendation: go\nby: %s\nversion: %s\ndate: %s\nevidence: [run.md]\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Grace;2026-11-20;PASS",
                "Grace Hopper <grace@example.com>;2026-11-20;PASS",
                "no;2026-11-20;FAIL",
                "No;2026-11-20;FAIL",
                "not yet;2026-11-20;FAIL",
                "TBD;2026-11-20;FAIL",
                "n/a;2026-11-20;FAIL",
                "pending;2026-11-20;FAIL",
                "yes;2026-11-20;FAIL",
                "-;2026-11-20;FAIL",
                "Grace;01.03.2019;UNKNOWN",
                "Grace;March 2019;UNKNOWN",
                "Grace;2099-01-01;UNKNOWN",
                "Grace;2026-13-01;UNKNOWN"
            })
    void documents(String reviewer, String date, Status says) {
        Evidence evidence = CheckFixture.at(
                "documents: {files: [a.md], age: '<= 90d'}",
                new FakeCheckContext().file("a.md", PAPER.formatted(reviewer, date)));

        assertThat(evidence.status()).as(evidence.toString()).isEqualTo(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sections: {a.md: [Contacts]};PASS",
                "sections: {b.md: [Contacts]};UNKNOWN",
                "sections: {docs/a.md: [Contacts]};UNKNOWN",
                "reviewers: {a.md: Grace};PASS",
                "reviewers: {a: Grace};UNKNOWN",
                "reviewers: {a.md: none};FAIL"
            })
    void keysOfDocuments(String field, Status says) {
        Evidence evidence = CheckFixture.at(
                "documents: {files: [a.md], " + field + "}",
                new FakeCheckContext().file("a.md", PAPER.formatted("Grace", "2026-11-20")));

        assertThat(evidence.status()).as(evidence.toString()).isEqualTo(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Grace;2.4.0;2026-11-20;PASS",
                "Grace;2.3.0;2026-11-20;FAIL",
                "Grace;'';2026-11-20;UNKNOWN",
                "no;2.4.0;2026-11-20;UNKNOWN",
                "TBD;2.4.0;2026-11-20;UNKNOWN",
                "Grace;2.4.0;20.11.2026;UNKNOWN",
                "Grace;2.4.0;2099-01-01;UNKNOWN"
            })
    void recommendations(String by, String version, String date, Status says) {
        Evidence evidence = CheckFixture.at(
                "qa: {file: qa.yaml}",
                new FakeCheckContext()
                        .file("qa.yaml", QA.formatted(by, version, date))
                        .file("run.md", "x"));

        assertThat(evidence.status()).as(evidence.toString()).isEqualTo(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "equal: [NODE_VERSION];FAIL",
                "equal: [NODE_VERSON];UNKNOWN",
                "equal: [NODE_*], ignore: [NODE_VERSION];UNKNOWN",
                "ignore: ['*'];UNKNOWN",
                "ignore: [NODE_VERSION];PASS",
                "ignore: [OTHER];PASS"
            })
    void parity(String field, Status says) {
        Evidence evidence = CheckFixture.at(
                "parity: {between: [staging, production], files: {staging: s.env, production: p.env}, " + field + "}",
                new FakeCheckContext().file("s.env", "NODE_VERSION=20\nA=1\n").file("p.env", "NODE_VERSION=22\nA=1\n"));

        assertThat(evidence.status()).as(evidence.toString()).isEqualTo(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "restore the copy;PASS",
                "none;FAIL",
                "None.;FAIL",
                "TBD;FAIL",
                "todo: think;FAIL",
                "n/a;FAIL",
                "-;FAIL"
            })
    void compensations(String words, Status says) {
        Evidence evidence = CheckFixture.at(
                "migrations: {directory: db, compensation: {1: \"" + words + "\"}}",
                new FakeCheckContext().file("db/1_a.up.sql", "drop table a;"));

        assertThat(evidence.status()).as(evidence.toString()).isEqualTo(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "watches MON-001;PASS",
                "TODO: no alert for MON-001;FAIL",
                "MON-001 is missing here;FAIL",
                "not for MON-001;FAIL",
                "watches MON-0010;FAIL"
            })
    void annotations(String text, Status says) {
        Evidence evidence = CheckFixture.at(
                "alerts: {file: a.yml, metrics: [MON-001]}",
                new FakeCheckContext()
                        .file(
                                "a.yml",
                                "groups: [{name: a, rules: [{alert: Errors, expr: x > 1, labels: {team: a}, annotations: {summary: \""
                                        + text + "\"}}]}]"));

        assertThat(evidence.status()).as(evidence.toString()).isEqualTo(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a.tgz;b.tgz;PASS",
                "a.tgz;a.tgz;UNKNOWN",
                "a.tgz;./a.tgz;UNKNOWN",
                "./a.tgz;././a.tgz;UNKNOWN",
                "d/a.tgz;d//a.tgz;UNKNOWN",
                "d/a.tgz;d/./a.tgz;UNKNOWN"
            })
    void builds(String first, String second, Status says) {
        Evidence evidence = CheckFixture.at(
                "reproducible: {first: " + first + ", second: " + second + "}",
                new FakeCheckContext().file("a.tgz", "x").file("b.tgz", "x").file("d/a.tgz", "x"));

        assertThat(evidence.status()).as(evidence.toString()).isEqualTo(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'<= 80GB';95;UNKNOWN",
                "'<= 80GB';95 GB;FAIL",
                "'<= 80GB';75GB;PASS",
                "'<= 80GB';75GiB;FAIL",
                "'<= 80GB';75M;UNKNOWN",
                "'<= 2s';1;UNKNOWN",
                "'<= 2s';1500ms;PASS",
                "'<= 2s';2.5 s;FAIL",
                "'<= 80%';70;UNKNOWN",
                "'<= 80%';70%;PASS",
                "'<= 80';70;PASS",
                "'<= 80';70%;UNKNOWN",
                "'<= 80';7e1;PASS",
                "'<= 80';70 apples;UNKNOWN"
            })
    void numbers(String limit, String printed, Status says) {
        for (String check : new String[] {"capacity", "command"}) {
            Evidence evidence = CheckFixture.at(
                    check + ": {run: ./ask, limit: " + limit + "}", new FakeCheckContext().command(0, printed + "\n"));

            assertThat(evidence.status()).as(evidence.toString()).isEqualTo(says);
        }
    }
}
