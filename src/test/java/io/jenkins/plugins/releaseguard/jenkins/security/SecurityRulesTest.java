// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import hudson.remoting.Callable;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.stream.Stream;
import jenkins.MasterToSlaveFileCallable;
import jenkins.security.MasterToSlaveCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What further classes of advisories begin with, and nobody here may do: make an XML parser of its own, trust any certificate, let an
 * agent call the controller, start a program there, compare a signature in the time that it takes.
 */
class SecurityRulesTest {
    private static final String ROOT = "io.jenkins.plugins.releaseguard";
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);

    private static final ArchRule ONE_XML_PARSER = noClasses()
            .that()
            .doNotHaveSimpleName("SafeXml")
            .should()
            .callMethodWhere(target(nameMatching("new(Default)?(Instance|Factory|NSInstance|DefaultNSInstance)"))
                    .and(inPackages("javax.xml.")))
            .because("SafeXml alone makes a parser, and HostileXmlTest tries it (class 8)");

    private static final ArchRule NO_TLS_OF_OUR_OWN = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("javax.net.ssl..").and(not(assignableTo(IOException.class))))
            .orShould()
            .callMethodWhere(target(nameMatching("hostnameVerifier|sslSocketFactory|sslContext|sslParameters"))
                    .and(DescribedPredicate.describe(
                            "that sets it",
                            call -> !call.getTarget().getParameterTypes().isEmpty())))
            .because("certificates are checked as Java checks them, and nothing turns that off");

    private static final ArchRule TO_AGENTS_ONLY = classes()
            .that()
            .areAssignableTo(Callable.class)
            .or()
            .areAssignableTo("hudson.FilePath$FileCallable")
            .should()
            .beAssignableTo(MasterToSlaveFileCallable.class)
            .orShould()
            .beAssignableTo(MasterToSlaveCallable.class)
            .allowEmptyShould(true)
            .because("an agent calls nothing on the controller");

    private static final ArchRule NO_REST_OF_PATH = noClasses()
            .should()
            .callMethodWhere(target(nameMatching("getRestOfPath|getRestOfPath2|getOriginalRestOfPath")))
            .because("files have fixed names (class 9)");

    private static final ArchRule ONE_PROCESS_BUILDER = noClasses()
            .that()
            .doNotHaveSimpleName("LocalCommands")
            .and()
            .resideOutsideOfPackage(ROOT + ".cli..")
            .should()
            .callConstructorWhere(inPackages("java.lang.ProcessBuilder"))
            .orShould()
            .callMethod(Runtime.class, "exec", String.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class)
            .because("a controller starts no program: commands are an agent's");

    private static final ArchRule CONSTANT_TIME = methods()
            .that(signOrDigest())
            .should(compareByMessageDigest())
            .because("how far a comparison came would tell what is asked for");

    static Stream<ArchRule> rules() {
        return Stream.of(
                ONE_XML_PARSER, NO_TLS_OF_OUR_OWN, TO_AGENTS_ONLY, NO_REST_OF_PATH, ONE_PROCESS_BUILDER, CONSTANT_TIME);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void findsWhatIsPlanted() {
        assertThat(broken(ONE_XML_PARSER)).contains("DocumentBuilderFactory");
        assertThat(broken(NO_TLS_OF_OUR_OWN)).contains("X509TrustManager");
        assertThat(broken(ONE_PROCESS_BUILDER)).contains("ProcessBuilder");
        assertThat(broken(CONSTANT_TIME)).contains("isSigned").doesNotContain("signed(");
        assertThat(broken(TO_AGENTS_ONLY)).contains("PlantedCall");
    }

    private static String broken(ArchRule rule) {
        return String.join(
                "\n",
                rule.evaluate(new ClassFileImporter().importClasses(Planted.class, PlantedCall.class))
                        .getFailureReport()
                        .getDetails());
    }

    @SuppressWarnings("unused")
    static class Planted {
        Object xml() throws Exception {
            return javax.xml.parsers.DocumentBuilderFactory.newInstance();
        }

        private byte[] hmac(byte[] text) throws Exception {
            return javax.crypto.Mac.getInstance("HmacSHA256").doFinal(text);
        }

        boolean isSigned(byte[] text, byte[] by) throws Exception {
            return java.util.Arrays.equals(hmac(text), by);
        }

        boolean signed(byte[] text, byte[] by) throws Exception {
            return MessageDigest.isEqual(hmac(text), by);
        }

        javax.net.ssl.X509TrustManager trust() {
            return null;
        }

        Object process() throws IOException {
            return new ProcessBuilder("id").start();
        }
    }

    /** Lets an agent, or whoever has its connection, call the controller. */
    @SuppressWarnings("unused")
    static class PlantedCall implements Callable<String, IOException> {
        private static final long serialVersionUID = 1L;

        @Override
        public String call() {
            return jenkins.model.Jenkins.get().getRootDir().getPath();
        }

        @Override
        public void checkRoles(org.jenkinsci.remoting.RoleChecker checker) {
            // none
        }
    }

    // --- comparing ---

    /** Says yes or no after a keyed digest was made: it compares it with what somebody brought. */
    private static DescribedPredicate<JavaMethod> signOrDigest() {
        return DescribedPredicate.describe(
                "judge a keyed digest",
                method -> method.getRawReturnType().isEquivalentTo(boolean.class)
                        && method.getMethodCallsFromSelf().stream()
                                .anyMatch(call -> call.getTarget()
                                        .resolveMember()
                                        .filter(SecurityRulesTest::makesAMac)
                                        .isPresent()));
    }

    private static boolean makesAMac(JavaMethod method) {
        return method.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().getName().equals("javax.crypto.Mac"));
    }

    private static ArchCondition<JavaMethod> compareByMessageDigest() {
        return new ArchCondition<>("compare by MessageDigest.isEqual") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean constant = method.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getName().equals("isEqual")
                                && call.getTargetOwner().isEquivalentTo(MessageDigest.class));
                events.add(new SimpleConditionEvent(
                        method, constant, method.getFullName() + " compares in the time that it takes"));
            }
        };
    }

    private static DescribedPredicate<JavaAccess<?>> inPackages(String start) {
        return DescribedPredicate.describe(
                "of " + start, access -> access.getTargetOwner().getName().startsWith(start));
    }
}
