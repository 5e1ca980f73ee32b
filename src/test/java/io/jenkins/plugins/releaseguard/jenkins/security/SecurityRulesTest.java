// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import hudson.remoting.Callable;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.MasterToSlaveFileCallable;
import jenkins.security.MasterToSlaveCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * What whole classes of advisories begin with, and nobody here may do: read Java's serialised objects, let an XML or YAML parser of its own
 * make, trust any certificate, let an agent call the controller, work while a form is bound, write a view that doesn't escape.
 */
class SecurityRulesTest {
    private static final String ROOT = "io.jenkins.plugins.releaseguard";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);

    private static final ArchRule NO_OBJECTS = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ObjectInputStream.class)
            .orShould()
            .callMethodWhere(target(nameMatching("(activate|enable)DefaultTyping.*")))
            .because("journals, records and reports are JSON with closed schemas (class 10)");

    private static final ArchRule ONE_XML_PARSER = noClasses()
            .that()
            .doNotHaveSimpleName("SafeXml")
            .should()
            .callMethodWhere(target(nameMatching("new(Default)?(Instance|Factory|NSInstance|DefaultNSInstance)"))
                    .and(inPackages("javax.xml.")))
            .because("SafeXml alone makes a parser, and HostileXmlTest tries it (class 8)");

    private static final ArchRule TWO_YAML_PARSERS = noClasses()
            .that(not(simpleName("YamlText").or(simpleName("SafeYaml"))))
            .should()
            .callConstructorWhere(inPackages("org.yaml.snakeyaml.Yaml"))
            .because("tags make no objects there, and aliases are counted (class 10)");

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

    private static final ArchRule BINDING_ONLY_ASSIGNS =
            codeUnits().that(areBound()).should(doNothingButAssign()).because("any form submit calls them (class 10)");

    static Stream<ArchRule> rules() {
        return Stream.of(
                NO_OBJECTS,
                ONE_XML_PARSER,
                TWO_YAML_PARSERS,
                NO_TLS_OF_OUR_OWN,
                TO_AGENTS_ONLY,
                NO_REST_OF_PATH,
                ONE_PROCESS_BUILDER,
                BINDING_ONLY_ASSIGNS);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void findsWhatIsPlanted() {
        assertThat(broken(NO_OBJECTS)).contains("readObject");
        assertThat(broken(ONE_XML_PARSER)).contains("DocumentBuilderFactory");
        assertThat(broken(TWO_YAML_PARSERS)).contains("Yaml");
        assertThat(broken(NO_TLS_OF_OUR_OWN)).contains("X509TrustManager");
        assertThat(broken(ONE_PROCESS_BUILDER)).contains("ProcessBuilder");
        assertThat(broken(BINDING_ONLY_ASSIGNS)).contains("java.nio.file.Files").contains("setFile");
    }

    private static String broken(ArchRule rule) {
        return String.join(
                "\n",
                rule.evaluate(new ClassFileImporter().importClasses(Planted.class))
                        .getFailureReport()
                        .getDetails());
    }

    @SuppressWarnings("unused")
    static class Planted {
        private String text;

        @DataBoundConstructor
        public Planted(String file) throws IOException {
            load(file);
        }

        private void load(String file) throws IOException {
            text = Files.readString(Path.of(file));
        }

        @DataBoundSetter
        public void setFile(String file) throws IOException {
            text = new String(
                    new java.net.URL(file).openStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }

        Object objects(java.io.InputStream in) throws Exception {
            return new ObjectInputStream(in).readObject();
        }

        Object xml() throws Exception {
            return javax.xml.parsers.DocumentBuilderFactory.newInstance();
        }

        Object yaml(String yaml) {
            return new org.yaml.snakeyaml.Yaml().load(yaml);
        }

        javax.net.ssl.X509TrustManager trust() {
            return null;
        }

        Object process() throws IOException {
            return new ProcessBuilder("id").start();
        }
    }

    // --- binding ---

    private static DescribedPredicate<JavaCodeUnit> areBound() {
        return DescribedPredicate.describe(
                "Stapler binds",
                unit -> unit.isAnnotatedWith(DataBoundSetter.class)
                        || unit instanceof JavaConstructor && unit.isAnnotatedWith(DataBoundConstructor.class));
    }

    /** Below: what reaches beyond the object itself. Ours is followed, what is Java's own or a library's is not. */
    private static final Pattern REACHES = Pattern.compile("java\\.(io|nio\\.file|nio\\.channels)\\..*"
            + "|java\\.net\\.(?!URI).*"
            + "|java\\.lang\\.(ProcessBuilder|Runtime|Thread|System)\\b.*"
            + "|okhttp3\\.(?!HttpUrl).*"
            + "|jenkins\\.model\\..*|hudson\\.(model|util\\.Secret|ExtensionList|security).*"
            + "|com\\.cloudbees\\.plugins\\.credentials\\..*");

    private static ArchCondition<JavaCodeUnit> doNothingButAssign() {
        return new ArchCondition<>("do nothing but assign") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                reach(unit, unit, new HashSet<>(), events);
            }
        };
    }

    private static void reach(JavaCodeUnit bound, JavaCodeUnit unit, Set<JavaCodeUnit> seen, ConditionEvents events) {
        if (!seen.add(unit)) {
            return;
        }
        for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
            String owner = access.getTargetOwner().getName();
            boolean superclass =
                    bound.getOwner().isAssignableTo(owner) && access.getName().equals("<init>");
            if (REACHES.matcher(owner).matches() && !superclass && !owner.contains("Exception")) {
                events.add(SimpleConditionEvent.violated(
                        bound, bound.getFullName() + " reaches " + access.getDescription()));
            }
            if (owner.startsWith(ROOT)
                    && access.getTarget().resolveMember().orElse(null) instanceof JavaCodeUnit next) {
                reach(bound, next, seen, events);
            }
        }
    }

    private static DescribedPredicate<JavaAccess<?>> inPackages(String start) {
        return DescribedPredicate.describe(
                "of " + start, access -> access.getTargetOwner().getName().startsWith(start));
    }

    // --- views ---

    /** Every view escapes, puts no value into a script, and leads to no address that a value names whole. */
    @Test
    void viewsEscape() throws IOException {
        List<Path> views;
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            views = files.filter(file -> file.toString().endsWith(".jelly")).toList();
        }
        assertThat(views)
                .hasSizeGreaterThan(40)
                .allSatisfy(
                        view -> assertThat(Files.readString(view))
                                .as(view.toString())
                                .startsWith("<?jelly escape-by-default='true'?>")
                                .doesNotContain("<j:out")
                                .doesNotContain("javascript:")
                                .doesNotContain("escapeText=\"false\"")
                                .doesNotContainPattern("<script(?![^>]*src=)")
                                .doesNotContainPattern("\\son[a-z]+=\"")
                                .doesNotContainPattern(
                                        "(href|src|action)=\"\\$\\{(?!rootURL|it\\.urlName|h\\.|file}|control\\.icon}|link\\.href})"));
    }
}
