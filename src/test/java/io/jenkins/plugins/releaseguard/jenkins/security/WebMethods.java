// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.jenkins.plugins.releaseguard.jenkins.credential.CredentialsField;
import java.util.HashSet;
import java.util.Set;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/** What every web method owes, as far as byte code can tell. */
final class WebMethods {
    private static final Set<String> CHECKS =
            Set.of("checkPermission", "hasPermission", "checkAnyPermission", "hasAnyPermission");

    /** Downloads and the live page's question for news; they change nothing, and check Item.READ. */
    static final Set<String> READERS = Set.of(
            "OpenReleases.doData",
            "OpenReleasePage.doData",
            "ReleaseReportAction.doData",
            "ReportDownloads.doReportJson",
            "ReportDownloads.doReportMarkdown",
            "ReportDownloads.doReportHtml",
            "ReportDownloads.doJournal",
            "ReportDownloads.doReadings");

    /** All of ours that is served, without tests. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("io.jenkins.plugins.releaseguard.jenkins");

    private WebMethods() {}

    /** What a rule says of a class that was planted; what it calls must be known too, or no helper could be followed. */
    static String broken(ArchRule rule, Class<?> planted) {
        var result = rule.allowEmptyShould(false).evaluate(new ClassFileImporter().importClasses(planted));
        return String.join("\n", result.getFailureReport().getDetails());
    }

    /** Whatever Stapler answers by name: public methods called {@code do…}, or annotated. */
    static DescribedPredicate<JavaMethod> webMethod() {
        return DescribedPredicate.describe(
                "Stapler serves",
                method -> method.getModifiers().contains(JavaModifier.PUBLIC)
                        && (method.getName().matches("do[A-Z].*") || method.isAnnotatedWith(WebMethod.class)));
    }

    /** @param readers methods that change nothing and are meant to be opened by a link, as {@code Class.method} */
    static ArchCondition<JavaMethod> beReachedByPostOnly(Set<String> readers) {
        return new ArchCondition<>("be annotated @POST or @RequirePOST") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean post = method.isAnnotatedWith(POST.class) || method.isAnnotatedWith(RequirePOST.class);
                boolean reader = readers.contains(method.getOwner().getSimpleName() + '.' + method.getName());
                events.add(new SimpleConditionEvent(
                        method, post || reader, method.getFullName() + " can be called by GET"));
            }
        };
    }

    static ArchCondition<JavaMethod> checkAPermission() {
        return new ArchCondition<>("check a permission, itself or by a helper of its class") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        method, checks(method, new HashSet<>()), method.getFullName() + " checks no permission"));
            }
        };
    }

    private static boolean checks(JavaCodeUnit unit, Set<JavaCodeUnit> seen) {
        if (!seen.add(unit)) {
            return false;
        }
        return unit.getMethodCallsFromSelf().stream()
                .anyMatch(call -> CHECKS.contains(call.getTarget().getName()) || byHelper(unit, call, seen));
    }

    private static boolean byHelper(JavaCodeUnit unit, JavaMethodCall call, Set<JavaCodeUnit> seen) {
        return isHelper(unit.getOwner(), call.getTargetOwner())
                && call.getTarget()
                        .resolveMember()
                        .filter(helper -> checks(helper, seen))
                        .isPresent();
    }

    /** A page that looks at permissions to draw its buttons is no check: only the method's own class, its parents, and the field's rules are. */
    private static boolean isHelper(JavaClass caller, JavaClass owner) {
        return caller.equals(owner)
                || caller.isAssignableTo(owner.getName())
                || owner.isEquivalentTo(CredentialsField.class)
                || owner.getSimpleName().equals("SetupIds");
    }
}
