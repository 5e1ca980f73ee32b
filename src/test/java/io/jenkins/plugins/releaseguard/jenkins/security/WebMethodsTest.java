// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.Set;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/** Whatever Stapler answers by name is a POST and checks a permission. */
class WebMethodsTest {
    private static final String ROOT = "io.jenkins.plugins.releaseguard.jenkins";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);

    /** Downloads and the live page's question for news; they change nothing, and check Item.READ. */
    private static final Set<String> READERS = Set.of(
            "OpenReleases.doData",
            "OpenReleasePage.doData",
            "ReleaseReportAction.doData",
            "ReportDownloads.doReportJson",
            "ReportDownloads.doReportMarkdown",
            "ReportDownloads.doReportHtml",
            "ReportDownloads.doJournal",
            "ReportDownloads.doReadings");

    private static final ArchRule POST_ONLY =
            methods().that(WebMethods.webMethod()).should(WebMethods.beReachedByPostOnly(READERS));
    private static final ArchRule CHECKED =
            methods().that(WebMethods.webMethod()).should(WebMethods.checkAPermission());

    @Test
    void webMethodsArePosts() {
        POST_ONLY.check(CLASSES);
    }

    @Test
    void webMethodsCheckAPermission() {
        CHECKED.check(CLASSES);
    }

    /** The exceptions exist, or a renamed one would stay excepted unseen. */
    @Test
    void everyReaderExists() {
        assertThat(CLASSES.stream()
                        .flatMap(owner -> owner.getMethods().stream())
                        .filter(WebMethods.webMethod())
                        .map(method -> method.getOwner().getSimpleName() + '.' + method.getName()))
                .containsAll(READERS)
                .hasSizeGreaterThan(READERS.size() + 20);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(classes = {PlantedGet.class, PlantedName.class})
    void findsWhatGetReaches(Class<?> bad) {
        assertThat(broken(POST_ONLY, bad)).contains("can be called by GET");
        assertThat(broken(CHECKED, bad)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            classes = {PlantedAction.class, PlantedFill.class, PlantedTest.class, PlantedCircle.class, PlantedPage.class
            })
    void findsWhatAnybodyReaches(Class<?> bad) {
        assertThat(broken(CHECKED, bad)).contains("checks no permission");
        assertThat(broken(POST_ONLY, bad)).isEmpty();
    }

    @Test
    void leavesGoodOnesAlone() {
        assertThat(broken(CHECKED, Good.class) + broken(POST_ONLY, Good.class)).isEmpty();
    }

    private static String broken(ArchRule rule, Class<?> planted) {
        // what a planted class calls must be known too, or no helper could be followed
        var result = rule.allowEmptyShould(false).evaluate(new ClassFileImporter().importClasses(planted));
        return String.join("\n", result.getFailureReport().getDetails());
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
