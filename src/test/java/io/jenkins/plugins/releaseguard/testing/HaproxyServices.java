// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Two versions of a service for all tests of a class, before each of which a test puts a HAProxy of its own. */
public final class HaproxyServices implements BeforeAllCallback, AfterAllCallback {
    private final String[] programs;
    private Path dir;
    private ServicesFixture world;

    public HaproxyServices() {
        this("haproxy");
    }

    /** @param programs without which the class is not tested */
    public HaproxyServices(String... programs) {
        this.programs = programs;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        ServicesFixture.need(programs);
        dir = Files.createTempDirectory("haproxy-services");
        world = new ServicesFixture(dir);
        world.startServices();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (world != null) {
            world.close();
            try (Stream<Path> files = Files.walk(dir)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    public ServicesFixture world() {
        return world;
    }

    public ProcessFixture children() {
        return world.children;
    }

    /** Lines of a configuration, in which {@code $BASELINE} and {@code $CANARY} are the services' addresses. */
    public String filled(String lines) {
        return lines.replace("$BASELINE", address(world.baseline())).replace("$CANARY", address(world.canary()));
    }

    private static String address(String url) {
        return url.replace("http://", "");
    }

    /** With the backend {@code shop} of these lines, separated by {@code ;}. */
    public HaproxyFixture haproxy(String backend, String... options) throws Exception {
        return HaproxyFixture.start(world.children, dir, "", filled(backend), options);
    }
}
