// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.action.ProcedureAction;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.evidence.check.Limits;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever an extension meets is marked as what it may use, so that nobody has to guess, and nothing else is. */
class ExtensionApiTest {
    private static final String ROOT = "io.jenkins.plugins.releaseguard.";

    private static final List<Class<?>> MET_FIRST = List.of(
            Check.class,
            UnavailableException.class,
            Limits.class,
            ProcedureAction.class,
            EffectException.class,
            TrafficRouter.class,
            MetricSource.class,
            SourceException.class);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT.substring(0, ROOT.length() - 1));

    @Test
    void whatExtensionsMeetIsMarkedAndNothingElse() {
        Set<String> marked = new TreeSet<>();
        CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(Beta.class))
                .forEach(type -> marked.add(type.getName().substring(ROOT.length())));
        assertThat(marked).isEqualTo(met());
    }

    /** All top-level types of ours in what the first ones' public signatures name, and so on. */
    private static Set<String> met() {
        Set<String> met = new TreeSet<>();
        Deque<JavaClass> open = new ArrayDeque<>();
        MET_FIRST.forEach(type -> open.add(CLASSES.get(type)));
        Set<JavaClass> seen = new java.util.HashSet<>();
        while (!open.isEmpty()) {
            JavaClass type = open.pop();
            if (!type.getName().startsWith(ROOT) || !seen.add(type)) {
                continue;
            }
            String name = type.getName().substring(ROOT.length());
            met.add(name.replaceFirst("\\$.*", ""));
            Stream<JavaClass> parents =
                    Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream());
            Stream<JavaClass> inside = CLASSES.stream()
                    .filter(inner ->
                            inner.getEnclosingClass().filter(type::equals).isPresent())
                    // what an interface holds is public without a word
                    .filter(inner -> type.isInterface() || inner.getModifiers().contains(JavaModifier.PUBLIC));
            Stream<JavaClass> units = type.getCodeUnits().stream()
                    .filter(ExtensionApiTest::isVisible)
                    .flatMap(unit -> Stream.of(
                                    Stream.of(unit.getReturnType()),
                                    unit.getParameterTypes().stream(),
                                    unit.getExceptionTypes().stream().map(JavaType.class::cast))
                            .flatMap(types -> types)
                            .flatMap(used -> used.getAllInvolvedRawTypes().stream()));
            // what is marked is marked with all that it holds
            Stream<JavaClass> around = type.getEnclosingClass().stream();
            Stream.of(parents, around, inside, units).flatMap(types -> types).forEach(open::add);
        }
        return met;
    }

    private static boolean isVisible(JavaCodeUnit unit) {
        return unit.getModifiers().contains(JavaModifier.PUBLIC)
                || unit.getModifiers().contains(JavaModifier.PROTECTED);
    }
}
