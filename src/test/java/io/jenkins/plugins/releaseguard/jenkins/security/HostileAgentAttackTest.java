// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Result;
import hudson.model.User;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.File;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
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
                byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
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
        anotherAtEachRead();
        silentWhileACommandRuns();
        silentWhileTheContractIsRead();
        SecurityPage.holds(HostileAgentAttackTest.class, attacks.table());
    }

    /** What can't be seen is said: where the evidence comes from. */
    private void lie() throws Exception {
        WorkflowJob job = job();
        reports(job).child("a.xml").write(GREEN, "UTF-8");
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        Waits.untilNoReleaseIsOpen();
        assertThat(Files.readString(journal(run))).contains("\"origin\":\"workspace\"");
        attacks.note(
                "a well-made report of tests that never ran", "goes through; the report names its origin, workspace");
    }

    /** What is judged is what was digested, whatever stands there a moment before or after. */
    private void anotherAtEachRead() throws Exception {
        WorkflowJob job = job();
        FilePath reports = reports(job);
        reports.child("good").write(GREEN, "UTF-8");
        reports.child("bad").write(GREEN.replace("name='b'/>", "name='b'><failure/></testcase>"), "UTF-8");
        reports.child("a.xml").copyFrom(reports.child("bad"));
        Process swaps = new ProcessBuilder(
                        "sh", "-c", "while :; do for i in good bad; do cp $i next && mv next a.xml; done; done")
                .directory(new File(reports.getRemote()))
                .start();
        try {
            for (int i = 0; i < 6; i++) {
                WorkflowRun run = job.scheduleBuild2(0).get();
                Waits.untilNoReleaseIsOpen();
                String digest = run.getResult() == Result.SUCCESS
                        ? Sha256.hex(GREEN.getBytes(StandardCharsets.UTF_8))
                        : Sha256.hex(reports.child("bad").readToString().getBytes(StandardCharsets.UTF_8));
                assertThat(Files.readString(journal(run)))
                        .as("the digest of what " + run.getResult() + " was said of")
                        .contains(digest);
            }
        } finally {
            swaps.destroyForcibly().waitFor();
        }
        attacks.note(
                "a report that is another one every millisecond",
                "is read once: what is judged is what the digest on record is of");
    }

    private void silentWhileACommandRuns() throws Exception {
        WorkflowRun run = silent(
                "command", GateStepFixture.step("", GateStepFixture.contract("command: {run: \"true\", timeout: 5s}")));
        attacks.refused("an agent that answers nothing any more while the gate runs a command there", run, "no-go");
    }

    /** Jenkins' own ping ends such a channel after minutes; nobody has to wait for that. */
    private void silentWhileTheContractIsRead() throws Exception {
        WorkflowRun run = silent("contract", "releaseGate()");
        assertThat(run.getResult()).isEqualTo(Result.ABORTED);
        assertThat(run.getRootDir().toPath().resolve("release-guard")).doesNotExist();
        attacks.note(
                "the same while the contract is read in its workspace",
                "no release begins; stopping the build ends the step at once");
    }

    /** Runs the step on an agent whose process is stopped, as a suspended machine's is; ends it where it doesn't end by itself. */
    private WorkflowRun silent(String name, String step) throws Exception {
        DumbSlave quiet = jenkins.createOnlineSlave();
        long process = quiet.getChannel().call(new ProcessId());
        WorkflowRun run = PipelineFixture.start(
                jenkins, "node('" + quiet.getNodeName() + "') { semaphore '" + name + "'; " + step + " }");
        SemaphoreStep.waitForStart(name + "/1", run);
        signal("STOP", process);
        try {
            SemaphoreStep.success(name + "/1", null);
            if (name.equals("contract")) {
                Waits.until(
                        "the step to have begun", () -> JenkinsRule.getLog(run).contains("releaseGate"));
                run.doStop();
            }
            return jenkins.waitForCompletion(run);
        } finally {
            signal("CONT", process);
        }
    }

    private static void signal(String name, long process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static final class ProcessId extends MasterToSlaveCallable<Long, RuntimeException> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long call() {
            return ProcessHandle.current().pid();
        }
    }

    private static Path journal(WorkflowRun run) throws Exception {
        try (var files = Files.walk(run.getRootDir().toPath().resolve("release-guard"))) {
            return files.filter(file -> file.endsWith("journal.jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
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
