// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import hudson.model.Descriptor;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.Stapler;

/**
 * Class 10: no serialised object of somebody else's is read, and whoever fills in a form, writes a Jenkinsfile or a configuration as
 * code makes objects that only hold what they were given: whatever that is, nothing is opened, called or set by it.
 */
class DataBindingTest {
    private static final String ROOT = "io.jenkins.plugins.releaseguard";

    private static final ArchRule NO_OBJECTS = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ObjectInputStream.class)
            .orShould()
            .callMethodWhere(target(nameMatching("(activate|enable)DefaultTyping.*")))
            .because("journals, records and reports are JSON with closed schemas (class 10)");

    /** {@code GivenText} reads what is imported into nodes, and makes no object of any. */
    private static final ArchRule YAML_PARSERS = noClasses()
            .that(not(simpleName("YamlText").or(simpleName("SafeYaml")).or(simpleName("GivenText"))))
            .should()
            .callConstructorWhere(inPackages("org.yaml.snakeyaml.Yaml"))
            .because("tags make no objects there, and aliases are counted (class 10)");

    private static final ArchRule BINDING_ONLY_ASSIGNS =
            codeUnits().that(areBound()).should(doNothingButAssign()).because("any form submit calls them (class 10)");

    static Stream<ArchRule> rules() {
        return Stream.of(NO_OBJECTS, YAML_PARSERS, BINDING_ONLY_ASSIGNS);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(SecurityRulesTest.CLASSES);
    }

    @Test
    void findsWhatIsPlanted() {
        assertThat(broken(NO_OBJECTS)).contains("readObject");
        assertThat(broken(YAML_PARSERS)).contains("Yaml");
        assertThat(broken(BINDING_ONLY_ASSIGNS)).contains("java.nio.file.Files").contains("setFile");
    }

    private static String broken(ArchRule rule) {
        return String.join(
                "\n",
                rule.evaluate(new ClassFileImporter().importClasses(Planted.class))
                        .getFailureReport()
                        .getDetails());
    }

    /** Each thing that a form can make, by a form's JSON and as Pipelines and configuration as code make it. */
    @Test
    @WithJenkins
    void whateverIsBoundNothingIsOpenedCalledOrSet(JenkinsRule jenkins, @TempDir Path outside) throws Exception {
        Path pipe = outside.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        AtomicInteger opened = new AtomicInteger();
        // gets on only when somebody opens the other end
        Thread writer = new Thread(() -> {
            try (var end = Files.newOutputStream(pipe)) {
                opened.incrementAndGet();
                end.write("read".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // whoever opened it has closed it
            }
        });
        writer.setDaemon(true);
        writer.start();
        List<Class<?>> bound = bound(jenkins.jenkins);
        assertThat(bound).hasSizeGreaterThan(11);
        try (FakeHttpServer server = new FakeHttpServer(200, "{}")) {
            Properties before = (Properties) System.getProperties().clone();
            String configured = Jenkins.XSTREAM2.toXML(ReleaseGuardConfiguration.get());
            List<String> home = ours(jenkins);
            for (String value : List.of(
                    server.url() + "/called",
                    pipe.toString(),
                    pipe.toUri().toString(),
                    "jar:" + server.url() + "/a.jar!/x",
                    "<!DOCTYPE a [<!ENTITY x SYSTEM '" + server.url() + "'>]><a>&x;</a>",
                    "!!java.net.URL [\"" + server.url() + "\"]",
                    "@" + pipe)) {
                for (Class<?> type : bound) {
                    Map<String, Object> given = values(type, value);
                    jenkins.executeOnServer(() -> {
                        Stapler.getCurrentRequest2().bindJSON(type, JSONObject.fromObject(given));
                        return null;
                    });
                    new DescribableModel<>(type).instantiate(given, null);
                }
            }
            assertThat(server.heard()).as("calls").isEmpty();
            assertThat(System.getProperties()).isEqualTo(before);
            assertThat(Jenkins.XSTREAM2.toXML(ReleaseGuardConfiguration.get())).isEqualTo(configured);
            assertThat(ours(jenkins)).isEqualTo(home);
        }
        assertThat(opened.get()).as("files opened").isZero();
        // lets the writer end
        Files.newInputStream(pipe).close();
    }

    /** Configuration that names other classes than ours, as an old XStream would have run it. */
    @Test
    @WithJenkins
    void storedConfigurationMakesNothingThatRuns(JenkinsRule jenkins, @TempDir Path outside) throws Exception {
        Path ran = outside.resolve("ran");
        String gadget = "<dynamic-proxy><interface>java.lang.Comparable</interface>"
                + "<handler class='java.beans.EventHandler'><target class='java.lang.ProcessBuilder'><command>"
                + "<string>touch</string><string>" + ran
                + "</string></command></target><action>start</action></handler>"
                + "</dynamic-proxy>";
        String name = ReleaseGuardFolderProperty.class.getName();
        Folder folder = jenkins.createProject(Folder.class, "team");
        folder.addProperty(new ReleaseGuardFolderProperty());
        Path file = folder.getConfigFile().getFile().toPath();
        String text = Files.readString(file);
        for (String field : List.of("endpoints", "routers", "services")) {
            Files.writeString(
                    file,
                    text.replaceAll(
                            "<" + field + "\\s*/>",
                            "<" + field + " class='java.util.TreeSet'><string>a</string>" + gadget + "</" + field
                                    + ">"));
            assertThat(Files.readString(file)).as(name).contains("EventHandler");
            jenkins.jenkins.reload();
            assertThat(jenkins.jenkins.getItem("team")).as(field).isNotNull();
            assertThat(ran).as(field).doesNotExist();
        }
    }

    private static List<Class<?>> bound(Jenkins jenkins) {
        return jenkins.getExtensionList(Descriptor.class).stream()
                .map(descriptor -> (Class<?>) descriptor.clazz)
                .filter(type -> type.getName().startsWith(ROOT + ".jenkins.")
                        && Arrays.stream(type.getConstructors())
                                .anyMatch(one -> one.isAnnotationPresent(DataBoundConstructor.class)))
                .<Class<?>>map(type -> type)
                .toList();
    }

    /** The value wherever a text is taken. */
    private static Map<String, Object> values(Class<?> type, String value) {
        Map<String, Object> values = new LinkedHashMap<>();
        Arrays.stream(type.getConstructors())
                .filter(one -> one.isAnnotationPresent(DataBoundConstructor.class))
                .flatMap(one -> Stream.of(one.getParameters()))
                .filter(parameter -> parameter.getType() == String.class)
                .map(Parameter::getName)
                .forEach(name -> values.put(name, value));
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class) && method.getParameterTypes()[0] == String.class) {
                values.put(
                        Character.toLowerCase(method.getName().charAt(3))
                                + method.getName().substring(4),
                        value);
            }
        }
        return values;
    }

    private static List<String> ours(JenkinsRule jenkins) throws IOException {
        try (Stream<Path> files = Files.list(jenkins.jenkins.getRootDir().toPath())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("release"))
                    .sorted()
                    .toList();
        }
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
            text = new String(new java.net.URL(file).openStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        Object objects(java.io.InputStream in) throws Exception {
            return new ObjectInputStream(in).readObject();
        }

        Object yaml(String yaml) {
            return new org.yaml.snakeyaml.Yaml().load(yaml);
        }
    }

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
}
