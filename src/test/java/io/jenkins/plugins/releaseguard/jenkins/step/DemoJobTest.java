// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.releaseguard.cli.Main;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What {@code bin/demo} shows: its job and its configuration as they are committed, with its services; only the ports are others. */
@WithJenkins
class DemoJobTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    private static final Path WORK = Path.of("work");
    private static final String CONFIGURATION = ReleaseGuardConfiguration.class.getName() + ".xml";

    @TempDir
    Path folder;

    @Test
    void isPromotedWhereHealthyAndRolledBackForWhatWentWrong(JenkinsRule jenkins) throws Exception {
        Properties services = new Properties();
        Path file = folder.resolve("services.properties");
        Thread running = new Thread(() -> Main.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(Writer.nullWriter()))
                .execute("services", "--properties", file.toString()));
        running.start();
        try {
            Waits.until("the services' addresses", () -> Files.exists(file) && Files.size(file) > 0);
            try (InputStream in = Files.newInputStream(file)) {
                services.load(in);
            }
            Files.writeString(
                    jenkins.jenkins.getRootDir().toPath().resolve(CONFIGURATION),
                    here(Files.readString(WORK.resolve(CONFIGURATION)), services));
            ReleaseGuardConfiguration.get().load();
            String job = here(Files.readString(WORK.resolve("jobs/checkout-service/config.xml")), services);
            WorkflowJob demo = (WorkflowJob) jenkins.jenkins.createProjectFromXML(
                    "checkout-service", new ByteArrayInputStream(job.getBytes(StandardCharsets.UTF_8)));

            WorkflowRun healthy = jenkins.assertBuildStatus(Result.SUCCESS, run(demo, "healthy"));
            jenkins.assertLogContains("The gate says go", healthy);
            jenkins.assertLogContains("release ended, promoted", healthy);

            WorkflowRun breach = jenkins.assertBuildStatus(Result.FAILURE, run(demo, "breach"));
            assertThat(jenkins.getLog(breach)).containsPattern("BREACH of (DEP-010|MON-001)|BREACH: error rate");

            WorkflowRun noGo = jenkins.assertBuildStatus(Result.FAILURE, run(demo, "no-go"));
            assertThat(jenkins.getLog(noGo)).contains("DEP-004").doesNotContain("canaryPromote");
        } finally {
            running.interrupt();
            running.join();
        }
    }

    private static WorkflowRun run(WorkflowJob job, String scenario) throws Exception {
        return job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("SCENARIO", scenario)))
                .get();
    }

    /** The same with the ports of these services. */
    private static String here(String text, Properties services) throws IOException {
        String other = text.replace("18480", port("http", services.getProperty("proxy.url")))
                .replace("18490", port("http", services.getProperty("prometheus.url")))
                .replace("18481", port("http", services.getProperty("control.url")))
                .replace("18499", port("tcp", "tcp://" + services.getProperty("haproxy.address")));
        assertThat(other).isNotEqualTo(text).doesNotContainPattern(":184\\d\\d");
        return other;
    }

    private static String port(String scheme, String address) {
        assertThat(address).startsWith(scheme);
        return Integer.toString(URI.create(address).getPort());
    }
}
