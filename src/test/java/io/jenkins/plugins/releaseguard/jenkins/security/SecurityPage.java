// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The parts of docs/security.md that tests make: written anew by {@code mvn -f pom.xml test -Dtest='…' -Ddocs.write=true}, compared
 * otherwise.
 */
final class SecurityPage {
    static final Path FILE = Path.of("docs/security.md");

    private SecurityPage() {}

    static void holds(Class<?> maker, String part) throws IOException {
        holds(maker.getSimpleName(), part);
    }

    /** @param maker as the page's marks name it */
    static void holds(String maker, String part) throws IOException {
        // tests run in several processes
        Path turn = Path.of("target/security-page.lock");
        try (FileChannel file = FileChannel.open(turn, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = file.lock()) {
            assertThat(held.isValid()).isTrue();
            String text = Files.readString(FILE);
            String begin = "<!-- made by " + maker + ": begin -->\n";
            int from = text.indexOf(begin) + begin.length();
            int to = text.indexOf("<!-- made by " + maker + ": end -->");
            assertThat(from).as(begin).isGreaterThanOrEqualTo(begin.length()).isLessThanOrEqualTo(to);
            if (Boolean.getBoolean("docs.write")) {
                Files.writeString(FILE, text.substring(0, from) + part + text.substring(to));
            } else {
                assertThat(text.substring(from, to)).isEqualTo(part);
            }
        }
    }
}
