// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.User;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whoever has an agent's disk, against the gate that reads a test report there. */
@WithJenkins
class HostileAgentAttackTest {
    private static final String TESTS = "tests: {results: \"reports/*.xml\"}";
    private static final String GREEN =
            "<testsuite name='s' tests='1' failures='0'><testcase classname='a' name='b'/></testsuite>";

    private JenkinsRule jenkins;
    private DumbSlave agent;
    private AttackLog attacks;

    @TempDir
    Path outside;

    interface Disk {
        void prepare(FilePath reports) throws Exception;
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void noReportOfAnAgentIsBelievedBlindly(JenkinsRule rule) throws Exception {
        jenkins = rule;
        agent = rule.createOnlineSlave();
        attacks = new AttackLog(rule);
        User.getOrCreateByIdOrFullName("dana");
        Path green = Files.writeString(outside.resolve("green.xml"), GREEN);
        try (FakeHttpServer listener = new FakeHttpServer(200, GREEN)) {
            gate(
                    "a link to a file elsewhere on the agent",
                    disk -> disk.child("a.xml").symlinkTo(green.toString(), null));
            gate("a folder that is a link", disk -> {
                disk.deleteRecursive();
                disk.getParent().child("reports").symlinkTo(outside.toString(), null);
            });
            gate(
                    "an external entity",
                    disk -> disk.child("a.xml")
                            .write(
                                    "<!DOCTYPE testsuite [<!ENTITY e SYSTEM \"" + listener.url() + "/x\">]>"
                                            + "<testsuite><testcase classname='a' name='&e;'/></testsuite>",
                                    "UTF-8"));
            gate(
                    "a document type elsewhere",
                    disk -> disk.child("a.xml")
                            .write("<!DOCTYPE testsuite SYSTEM \"" + listener.url() + "/x.dtd\">" + GREEN, "UTF-8"));
            assertThat(listener.heard()).isEmpty();
        }
        gate("200 MiB of blanks", disk -> {
            try (OutputStream out = disk.child("a.xml").write()) {
                byte[] spaces = " ".repeat(1 << 20).getBytes(java.nio.charset.StandardCharsets.UTF_8);
                for (int i = 0; i < 200; i++) {
                    out.write(spaces);
                }
            }
        });
        gate("a pipe that nobody writes to", disk -> {
            Process made = new ProcessBuilder("mkfifo", disk.child("a.xml").getRemote()).start();
            assertThat(made.waitFor()).isZero();
        });
        gate(
                "counts that its cases belie",
                disk -> disk.child("a.xml")
                        .write(
                                "<testsuite name='s' tests='1' failures='0'><testcase classname='a' name='b'><failure/></testcase></testsuite>",
                                "UTF-8"));
        lie();
        SecurityPage.holds(HostileAgentAttackTest.class, attacks.table());
    }

    /** What can't be seen is said: where the evidence comes from. */
    private void lie() throws Exception {
        WorkflowJob job = job();
        reports(job).child("a.xml").write(GREEN, "UTF-8");
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        Waits.untilNoReleaseIsOpen();
        Path folder = run.getRootDir().toPath().resolve("release-guard");
        try (var files = Files.walk(folder)) {
            Path journal = files.filter(file -> file.endsWith("journal.jsonl"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readString(journal)).contains("\"origin\":\"workspace\"");
        }
        attacks.note(
                "a well-made report of tests that never ran", "goes through; the report names its origin, workspace");
    }

    private void gate(String tried, Disk disk) throws Exception {
        WorkflowJob job = job();
        disk.prepare(reports(job));
        attacks.refused(tried, job.scheduleBuild2(0).get(), "no-go");
    }

    private WorkflowJob job() throws Exception {
        return PipelineFixture.job(
                jenkins,
                "node('" + agent.getNodeName() + "') { " + GateStepFixture.step("", GateStepFixture.contract(TESTS))
                        + " }");
    }

    private FilePath reports(WorkflowJob job) throws Exception {
        FilePath reports = agent.getWorkspaceFor(job).child("reports");
        reports.mkdirs();
        return reports;
    }
}
