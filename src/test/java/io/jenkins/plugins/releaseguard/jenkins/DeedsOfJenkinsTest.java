// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.jenkins.plugins.releaseguard.jenkins.config.OrphanPolicy;
import io.jenkins.plugins.releaseguard.testing.Deeds;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.ClassDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * No word without a deed: whatever configuration, policies, folders and steps take has a test that sees what it does. The list is {@code
 * deeds/jenkins.tsv}; a field that is new must come with its line.
 */
class DeedsOfJenkinsTest {
    @Test
    void everyFieldThatPeopleSetHasItsDeed() throws IOException {
        assertThat(Deeds.read("jenkins.tsv").against(words())).isEmpty();
    }

    private static Set<String> words() {
        Set<String> words = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.jenkins.plugins.releaseguard.jenkins")) {
            boolean bound =
                    type.getConstructors().stream().anyMatch(c -> c.isAnnotatedWith(DataBoundConstructor.class));
            if (bound) {
                for (Constructor<?> made : type.reflect().getConstructors()) {
                    if (made.isAnnotationPresent(DataBoundConstructor.class)) {
                        Arrays.stream(ClassDescriptor.loadParameterNames(made))
                                .forEach(name -> words.add(type.getSimpleName() + "." + name));
                    }
                }
            }
            for (JavaMethod method : type.getMethods()) {
                if (method.isAnnotatedWith(DataBoundSetter.class)) {
                    String name = method.getName().substring(3);
                    words.add(type.getSimpleName() + "." + name.substring(0, 1).toLowerCase(Locale.ROOT)
                            + name.substring(1));
                }
            }
        }
        for (OrphanPolicy one : OrphanPolicy.values()) {
            words.add("ReleaseGuardConfiguration.orphans=" + one);
        }
        for (String word : new String[] {
            "ReleaseGateStep.onNoGo=fail",
            "ReleaseGateStep.onNoGo=unstable",
            "ReleaseGateStep.onNoGo=continue",
            "ReleaseStep.busy=wait",
            "ReleaseStep.busy=refuse"
        }) {
            words.add(word);
        }
        return words;
    }
}
