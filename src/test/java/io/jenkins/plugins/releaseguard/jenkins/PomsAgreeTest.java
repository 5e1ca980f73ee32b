// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The two builds of one tree must not drift apart in what they compile against. */
class PomsAgreeTest {
    private static final Pattern VERSION = Pattern.compile("<([a-z0-9.-]+\\.version)>([^<$]+)</");

    @Test
    void sharedVersionsAreEqual() throws Exception {
        Map<String, String> engine = versions("pom-engine.xml");
        Map<String, String> plugin = versions("pom.xml");
        plugin.keySet().retainAll(engine.keySet());
        assertThat(plugin)
                .isNotEmpty()
                .allSatisfy((name, version) -> assertThat(version).as(name).isEqualTo(engine.get(name)));
    }

    /** What API plugins carry in Jenkins is what the engine is built against. */
    @Test
    void carriedLibrariesAreThoseOfTheEngine() throws Exception {
        Map<String, String> engine = versions("pom-engine.xml");
        assertThat(okhttp3.OkHttp.VERSION).isEqualTo(engine.get("okhttp.version"));
        assertThat(com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION.toString())
                .isEqualTo(engine.get("jackson.version"));
    }

    private static Map<String, String> versions(String pom) throws Exception {
        Map<String, String> versions = new TreeMap<>();
        Matcher matcher = VERSION.matcher(Files.readString(Path.of(pom)));
        while (matcher.find()) {
            versions.put(matcher.group(1), matcher.group(2));
        }
        return versions;
    }
}
