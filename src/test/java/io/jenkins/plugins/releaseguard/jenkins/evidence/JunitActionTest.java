// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.tasks.junit.JUnitResultArchiver;
import io.jenkins.plugins.releaseguard.evidence.TestCounts;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class JunitActionTest {
    private static FreeStyleBuild build(JenkinsRule jenkins, String report) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new TestBuilder() {
            @Override
            public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                    throws InterruptedException, IOException {
                build.getWorkspace().child("TEST-a.xml").write(report, "UTF-8");
                return true;
            }
        });
        if (!report.isEmpty()) {
            project.getPublishersList().add(new JUnitResultArchiver("TEST-*.xml"));
        }
        return project.scheduleBuild2(0).get();
    }

    @Test
    void testsThatPassedAfterAFailureAreKnown(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild build = build(
                jenkins,
                "<testsuite name='a' tests='5'><testcase classname='c' name='ok'/>"
                        + "<testcase classname='c' name='again'><flakyFailure message='m' type='t'><stackTrace>s</stackTrace>"
                        + "</flakyFailure></testcase><testcase classname='c' name='error'><flakyError message='m' type='t'/>"
                        + "</testcase><testcase classname='c' name='off'><skipped/></testcase>"
                        + "<testcase classname='c' name='bad'><failure message='m'/><rerunFailure message='m' type='t'/>"
                        + "</testcase></testsuite>");

        TestCounts counts = JunitAction.of(build).orElseThrow();
        assertThat(counts.passed()).isEqualTo(3);
        assertThat(counts.failed()).isEqualTo(1);
        assertThat(counts.skipped()).isEqualTo(1);
        // the plugin keeps no flaky errors: it is the least that there are
        assertThat(counts.flaky()).isEqualTo(1);
        assertThat(counts.failures()).containsExactly("c.bad");
    }

    @Test
    void aBuildWithoutResultsSaysNothing(JenkinsRule jenkins) throws Exception {
        assertThat(JunitAction.of(build(jenkins, ""))).isEmpty();
    }
}
