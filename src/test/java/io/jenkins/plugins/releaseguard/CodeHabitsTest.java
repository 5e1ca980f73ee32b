// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;

/** Calls that nobody makes, what tests look like, and how large a file or a package gets. */
class CodeHabitsTest {
    private static final String ROOT = "io.jenkins.plugins.releaseguard";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(location -> location.contains("/test-classes/"))
            .importPackages(ROOT);

    private static final int MOST_LINES = 350;
    private static final int MOST_CLASSES = 40;

    /** What is shipped or measured; tests are as long as their cases. */
    static Stream<String> sources() {
        return Stream.of("src/main/java", "src/cli/java", "src/bench/java", "src/fuzz/java");
    }

    @ParameterizedTest
    @MethodSource("sources")
    void noFileIsLongerThanOneIdea(String root) throws IOException {
        Map<Path, Integer> tooLong = new TreeMap<>();
        for (Path file : classesIn(root)) {
            int lines = Files.readAllLines(file).size();
            if (lines > MOST_LINES) {
                tooLong.put(file, lines);
            }
        }
        assertThat(tooLong).as("files of more than %d lines", MOST_LINES).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void noPackageHasMoreClassesThanAreTakenInAtOnce(String root) throws IOException {
        Map<Path, Long> packages = classesIn(root).stream()
                .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));
        packages.values().removeIf(classes -> classes <= MOST_CLASSES);
        assertThat(packages)
                .as("packages of more than %d classes", MOST_CLASSES)
                .isEmpty();
    }

    private static List<Path> classesIn(String root) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            List<Path> classes = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList();
            assertThat(classes).as(root).isNotEmpty();
            return classes;
        }
    }

    @Test
    void testsAreNotPublic() {
        methods()
                .that()
                .areMetaAnnotatedWith(Testable.class)
                .should()
                .notBePublic()
                .andShould(new ArchCondition<>("stand in a class that is not public") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        if (method.getOwner().getModifiers().contains(PUBLIC)) {
                            events.add(SimpleConditionEvent.violated(method, method.getOwner() + " is public"));
                        }
                    }
                })
                .check(TESTS);
    }

    @Test
    void onlyTheCommandLineSpeaksToTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(MAIN);
    }

    @Test
    void noStackTraceIsPrinted() {
        noClasses()
                .should()
                .callMethodWhere(target(nameMatching("printStackTrace")))
                .check(MAIN);
    }

    @Test
    void onlyWhatWaitsForTheWorldSleeps() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".effect..", ROOT + ".jenkins..", ROOT + ".cli..")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .check(MAIN);
    }

    @Test
    void noTextDependsOnTheMachinesLocale() {
        noClasses()
                .should()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(PrintStream.class, "printf", String.class, Object[].class)
                .orShould()
                .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
                .orShould()
                .callMethod(Locale.class, "getDefault")
                .check(MAIN);
    }

    @Test
    void noBytesDependOnTheMachinesCharset() {
        noClasses()
                .should()
                .callMethod(String.class, "getBytes")
                .orShould()
                .callConstructor(String.class, byte[].class)
                .orShould()
                .callConstructor(InputStreamReader.class, InputStream.class)
                .orShould()
                .callConstructor(OutputStreamWriter.class, OutputStream.class)
                .orShould()
                .callConstructor(FileReader.class, String.class)
                .orShould()
                .callConstructor(FileWriter.class, String.class)
                .orShould()
                .callMethod(Charset.class, "defaultCharset")
                .check(MAIN);
    }

    @Test
    void timesAreOfJavaTime() {
        noClasses()
                .that(new DescribedPredicate<JavaClass>("are no mail, whose API has it so") {
                    @Override
                    public boolean test(JavaClass type) {
                        return !type.getPackageName().equals(ROOT + ".jenkins.config.mail");
                    }
                })
                .should()
                .callConstructor(Date.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Calendar")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.text.SimpleDateFormat")
                .orShould()
                .callMethod(TimeZone.class, "getDefault")
                .check(MAIN);
    }
}
