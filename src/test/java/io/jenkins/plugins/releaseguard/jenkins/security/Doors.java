// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import hudson.model.AdministrativeMonitor;
import hudson.model.Descriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.kohsuke.stapler.WebMethod;

/**
 * What Stapler could answer, found in the plugin's own classes and views and nowhere typed: methods that it serves by name, what it could
 * walk through, and pages.
 */
final class Doors {
    private static final String ROOT = "io.jenkins.plugins.releaseguard.jenkins";
    private static final Path VIEWS = Path.of("src/main/resources/" + ROOT.replace('.', '/'));

    /** One address below the object that has it; where an id leads on, the class that it leads to. */
    record Door(String owner, String name, Kind kind) {
        @Override
        public String toString() {
            return owner + "/" + name;
        }
    }

    enum Kind {
        METHOD,
        ROUTE,
        VIEW
    }

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);

    /** All, by the simple name of the class, of a descriptor the name of what it describes. */
    Set<Door> all() throws IOException {
        Set<Door> doors = new TreeSet<>(java.util.Comparator.comparing(Door::toString));
        for (JavaClass type : classes) {
            if (!type.getModifiers().contains(JavaModifier.PUBLIC)
                    || type.getModifiers().contains(JavaModifier.ABSTRACT)
                    || !isServed(type)) {
                continue;
            }
            for (JavaMethod method : type.getAllMethods()) {
                if (method.getOwner().getPackageName().startsWith(ROOT)
                        && method.getModifiers().contains(JavaModifier.PUBLIC)) {
                    method(doors, name(type), method);
                }
            }
            views(doors, type);
        }
        return doors;
    }

    private static void method(Set<Door> doors, String owner, JavaMethod method) {
        String name = method.getName();
        if (method.isAnnotatedWith(WebMethod.class)) {
            for (String served : method.getAnnotationOfType(WebMethod.class).name()) {
                doors.add(new Door(owner, served, Kind.METHOD));
            }
        } else if (name.matches("do[A-Z].*")) {
            doors.add(new Door(owner, lower(name.substring(2)), Kind.METHOD));
        } else if (name.matches("get[A-Z].*") && isOurs(method.getRawReturnType())) {
            String route = lower(name.substring(3));
            doors.add(new Door(owner, method.getRawParameterTypes().isEmpty() ? route : route + "(id)", Kind.ROUTE));
        }
    }

    /** Where a person could get by an address: pages, descriptors, monitors, and what a page leads on to. */
    private static boolean isServed(JavaClass type) {
        return type.isAssignableTo(hudson.model.Action.class)
                || type.getPackageName().equals(ROOT + ".page")
                        && (type.isAssignableTo(hudson.model.ModelObject.class) || hasWebMethod(type))
                || isDescriptor(type)
                || type.isAssignableTo(AdministrativeMonitor.class)
                || hasWebMethod(type);
    }

    private static boolean hasWebMethod(JavaClass type) {
        return type.getAllMethods().stream()
                .filter(method -> method.getOwner().getPackageName().startsWith(ROOT))
                .anyMatch(WebMethods.webMethod());
    }

    private static boolean isDescriptor(JavaClass type) {
        return type.isAssignableTo(Descriptor.class);
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith("io.jenkins.plugins.releaseguard") && !type.isEnum();
    }

    static String name(JavaClass type) {
        return type.getEnclosingClass()
                .filter(outer -> isDescriptor(type))
                .map(JavaClass::getSimpleName)
                .orElse(type.getSimpleName());
    }

    private static void views(Set<Door> doors, JavaClass type) throws IOException {
        Path folder = VIEWS.resolve(
                type.getName().substring(ROOT.length() + 1).replace('.', '/').replace('$', '/'));
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".jelly"))
                        .map(name -> name.substring(0, name.length() - ".jelly".length()))
                        .forEach(name -> doors.add(new Door(name(type), name.equals("index") ? "" : name, Kind.VIEW)));
            }
        }
    }

    private static String lower(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
