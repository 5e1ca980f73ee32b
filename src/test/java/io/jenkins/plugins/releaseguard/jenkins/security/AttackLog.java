// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** What was tried, and the sentence that answered it; a table of docs/security.md. */
final class AttackLog {
    private static final int LONGEST = 400;

    private final JenkinsRule jenkins;
    private final Map<String, String> rows = new LinkedHashMap<>();
    /** What was not answered as it should. */
    private final List<String> unsaid = new ArrayList<>();

    AttackLog(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    /** Runs a Pipeline that must fail, and notes the line of its log that says why: the first that has this in it. */
    WorkflowRun refused(String tried, String script, String because) throws Exception {
        WorkflowJob job = PipelineFixture.job(jenkins, script);
        WorkflowRun run = job.scheduleBuild2(0).get();
        return refused(tried, run, because);
    }

    WorkflowRun refused(String tried, WorkflowRun run, String because) throws Exception {
        if (run.getResult() != Result.FAILURE) {
            unsaid.add(tried + ": " + run.getResult() + "\n" + JenkinsRule.getLog(run));
        }
        said(tried, run, because);
        return run;
    }

    void said(String tried, WorkflowRun run, String because) throws IOException {
        String log = JenkinsRule.getLog(run);
        log.lines()
                .filter(line -> line.contains(because))
                .findFirst()
                .ifPresentOrElse(
                        line -> note(tried, line),
                        () -> unsaid.add(tried + ": no line with '" + because + "' in\n" + log));
    }

    /** What changes from run to run is left out. */
    void note(String tried, String said) {
        String line = said.replaceFirst("^\\[release-guard\\] ", "")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:…")
                .replaceAll("localhost:\\d+", "localhost:…")
                .replaceAll("test\\d+#\\d+", "build")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "…")
                .replaceAll("\\b\\d+(\\.\\d+)? (ms|s)\\b", "… s")
                // which of the questions is answered first
                .replaceAll("for the query .*?: narrow", "for the query …: narrow")
                .replaceAll("\\b[0-9a-f]{7,40}\\b", "…")
                .strip();
        assertThat(line)
                .as("no secret, no path of the controller, no control character")
                .doesNotContain("\u001b");
        rows.put(tried, line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line);
    }

    String table() {
        assertThat(unsaid).isEmpty();
        StringBuilder page = new StringBuilder("\n| tried | what the build or the report said |\n|---|---|\n");
        rows.forEach((tried, said) ->
                page.append("| ").append(tried).append(" | ").append(cell(said)).append(" |\n"));
        return page.append('\n').toString();
    }

    private static String cell(String text) {
        return Stream.of("\\", "|", "<", "*", "_", "`")
                .reduce(text, (escaped, sign) -> escaped.replace(sign, sign.equals("<") ? "&lt;" : "\\" + sign));
    }
}
