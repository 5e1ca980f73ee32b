// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.tngtech.archunit.lang.ArchRule;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import java.net.http.HttpClient;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/**
 * Class 2: whatever Stapler answers by name checks a permission. Who gets what at every page and act stands in the table of
 * {@link FivePeopleTest}.
 */
class MissingPermissionCheckTest {
    private static final ArchRule CHECKED =
            methods().that(WebMethods.webMethod()).should(WebMethods.checkAPermission());

    @Test
    void webMethodsCheckAPermission() {
        CHECKED.check(WebMethods.CLASSES);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            classes = {PlantedAction.class, PlantedFill.class, PlantedTest.class, PlantedCircle.class, PlantedPage.class
            })
    void findsWhatAnybodyReaches(Class<?> bad) {
        assertThat(WebMethods.broken(CHECKED, bad)).contains("checks no permission");
    }

    @Test
    void leavesGoodOnesAlone() {
        assertThat(WebMethods.broken(CHECKED, Good.class)).isEmpty();
    }

    /** With a crumb of their own, at every form: of the controller, of a folder and of a job. */
    @Test
    @WithJenkins
    void whoMayNotSeeThePlaceGetsNothingFromItsForms(JenkinsRule jenkins) throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        String job = team.createProject(WorkflowJob.class, "app").getUrl();
        FivePeople.move(jenkins, team);
        FivePeople.Crumb crumb = FivePeople.Crumb.crumb(jenkins);
        HttpClient client = HttpClient.newHttpClient();
        try (FakeHttpServer listener = new FakeHttpServer(200, "{}")) {
            String query = FormDoors.query(listener.url());
            for (String door : FormDoors.all(jenkins.jenkins)) {
                for (String place : new String[] {"", team.getUrl(), job}) {
                    assertThat(FivePeople.ANONYMOUS
                                    .send(client, FormDoors.url(jenkins, place, door, query), "POST", crumb)
                                    .statusCode())
                            .as("nobody at %s of %s", door, place)
                            .isEqualTo(403);
                }
                assertThat(FivePeople.STRANGER
                                .send(client, FormDoors.url(jenkins, job, door, query), "POST", crumb)
                                .statusCode())
                        .as("a stranger at %s", door)
                        .isEqualTo(404);
            }
            assertThat(listener.heard()).isEmpty();
        }
    }

    @SuppressWarnings("unused")
    static class PlantedAction {
        @POST
        public void doDelete() {
            Jenkins.get().doQuietDown();
        }
    }

    @SuppressWarnings("unused")
    static class PlantedFill {
        @POST
        public ListBoxModel doFillCredentialsIdItems() {
            return new ListBoxModel().add("secret");
        }
    }

    @SuppressWarnings("unused")
    static class PlantedTest {
        @RequirePOST
        public FormValidation doTestConnection(Item item) {
            return item.getFullName().isEmpty() ? FormValidation.ok() : FormValidation.error("no");
        }
    }

    @SuppressWarnings("unused")
    static class PlantedCircle {
        @POST
        public void doTurn() {
            turn(3);
        }

        private void turn(int times) {
            if (times > 0) {
                turn(times - 1);
            }
        }
    }

    /** What another class checks for its own ends doesn't guard this method. */
    @SuppressWarnings("unused")
    static class PlantedPage {
        @POST
        public boolean doCheckName() {
            return Good.may(Jenkins.get());
        }
    }

    @SuppressWarnings("unused")
    static class Good {
        @POST
        public void doDelete() {
            Runnable check = () -> permitted(Jenkins.get());
            check.run();
        }

        @RequirePOST
        public FormValidation doCheckName(Item item) {
            return item.hasPermission(Item.CONFIGURE) ? FormValidation.ok() : FormValidation.error("no");
        }

        private static void permitted(Jenkins jenkins) {
            jenkins.checkPermission(Jenkins.ADMINISTER);
        }

        static boolean may(Jenkins jenkins) {
            return jenkins.hasPermission(Jenkins.ADMINISTER);
        }

        protected void doNothing() {
            // Stapler serves public methods only
        }
    }
}
