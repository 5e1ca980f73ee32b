// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.tngtech.archunit.lang.ArchRule;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Set;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/**
 * Class 3: no page of somebody else makes a reader's browser act. Whatever Stapler answers by name is a POST, and a POST has a crumb; that
 * pages and acts of releases hold to it too, by whoever they are asked, is seen by {@link FivePeopleTest}.
 */
class CsrfTest {
    private static final ArchRule POST_ONLY =
            methods().that(WebMethods.webMethod()).should(WebMethods.beReachedByPostOnly(WebMethods.READERS));

    @Test
    void webMethodsArePosts() {
        POST_ONLY.check(WebMethods.CLASSES);
    }

    /** The exceptions exist, or a renamed one would stay excepted unseen. */
    @Test
    void everyReaderExists() {
        assertThat(WebMethods.CLASSES.stream()
                        .flatMap(owner -> owner.getMethods().stream())
                        .filter(WebMethods.webMethod())
                        .map(method -> method.getOwner().getSimpleName() + '.' + method.getName()))
                .containsAll(WebMethods.READERS)
                .hasSizeGreaterThan(WebMethods.READERS.size() + 20);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(classes = {PlantedGet.class, PlantedName.class})
    void findsWhatGetReaches(Class<?> bad) {
        assertThat(WebMethods.broken(POST_ONLY, bad)).contains("can be called by GET");
    }

    @Test
    void leavesGoodOnesAlone() {
        assertThat(WebMethods.broken(POST_ONLY, Good.class)).isEmpty();
    }

    /** An administrator's browser, led there by a link, an image or a form on another site. */
    @Test
    @WithJenkins
    void noFormIsAnsweredToALinkOrWithoutACrumb(JenkinsRule jenkins) throws Exception {
        FivePeople.move(jenkins, jenkins.createProject(Folder.class, "team"));
        FivePeople.Crumb crumb = FivePeople.Crumb.crumb(jenkins);
        FivePeople root = FivePeople.ADMINISTRATOR;
        Set<String> doors = FormDoors.all(jenkins.jenkins);
        assertThat(doors)
                .hasSizeGreaterThan(25)
                .contains(
                        "config.PrometheusSetup/testConnection",
                        "config.HaproxySetup/testConnection",
                        "config.WebhookSetup/fillCredentialsIdItems",
                        "policy.PolicySetup/checkEntryTypes",
                        "step.ReleaseGateStep/fillOnNoGoItems");
        HttpClient client = HttpClient.newHttpClient();
        try (FakeHttpServer listener = new FakeHttpServer(200, "{}")) {
            for (String door : doors) {
                URI url = FormDoors.url(jenkins, "", door, FormDoors.query(listener.url()));
                assertThat(root.send(client, url, "GET", null).statusCode())
                        .as("GET " + door)
                        .isEqualTo(405);
                HttpResponse<String> without = root.send(client, url, "POST", null);
                assertThat(without.statusCode()).as("no crumb " + door).isEqualTo(403);
                assertThat(without.body()).as(door).contains("No valid crumb");
            }
            assertThat(listener.heard())
                    .as("what was asked on somebody's behalf")
                    .isEmpty();
            for (String door : doors) {
                URI url = FormDoors.url(jenkins, "", door, FormDoors.query(listener.url()));
                assertThat(root.send(client, url, "POST", crumb).statusCode())
                        .as("allowed " + door)
                        .isEqualTo(200);
            }
            assertThat(listener.heard()).isNotEmpty();
        }
    }

    @SuppressWarnings("unused")
    static class PlantedGet {
        public void doDelete() {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        }
    }

    @SuppressWarnings("unused")
    static class PlantedName {
        @WebMethod(name = "quit.now")
        public void quit() {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
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
        public boolean doCheckName() {
            return may(Jenkins.get());
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
