// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
    @Test
    void readsKeysOfEveryFormat() throws IOException {
        assertThat(ConfigReader.read("conf/.env.production", "", "# c\nexport A=1\nB = \"x y\"\nC='z'\nD=\n\n"))
                .isEqualTo(Map.of("A", "1", "B", "x y", "C", "z", "D", ""));
        assertThat(ConfigReader.read("a.properties", "auto", "a.b=1\nc : 2\n")).isEqualTo(Map.of("a.b", "1", "c", "2"));
        assertThat(ConfigReader.read("a.yml", "", "a: {b: [1, x]}\nc: null\n"))
                .isEqualTo(Map.of("a.b[0]", "1", "a.b[1]", "x", "c", "null"));
        assertThat(ConfigReader.read("a.yaml", "", "a: 1\n---\na: 2\n")).isEqualTo(Map.of("[0].a", "1", "[1].a", "2"));
        assertThat(ConfigReader.read("a.txt", "json", "{\"a\":{\"b\":true}}")).isEqualTo(Map.of("a.b", "true"));
    }

    @Test
    void messagesNeverShowAValue() {
        for (Map.Entry<String, String> file : Map.of(
                        ".env", "A=1\ns3cret value\n",
                        "a.yaml", "a: 's3cret\n",
                        "b.yaml", "a: s3cret: b\n",
                        "a.json", "{\"a\": s3cret}",
                        "b.json", "\"s3cret\"",
                        "a.properties", "a=s3cret\\u00g0")
                .entrySet()) {
            assertThatThrownBy(() -> ConfigReader.read(file.getKey(), "", file.getValue()))
                    .as(file.getKey())
                    .isInstanceOf(FormatException.class)
                    .hasMessageNotContaining("s3cret");
        }
        assertThatThrownBy(() -> ConfigReader.read("a.toml", "", "")).hasMessageContaining("format");
    }

    @Test
    void billionLaughsAreRefused() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            yaml.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(("*a" + (i - 1) + ", ").repeat(10))
                    .append("x]\n");
        }
        assertThatThrownBy(() -> ConfigReader.read("a.yaml", "", yaml.toString()))
                .isInstanceOf(FormatException.class);
        String wide = "a: &a [" + "x, ".repeat(20_000) + "x]\nb: [*a, *a, *a, *a, *a, *a, *a, *a]\n";
        assertThatThrownBy(() -> ConfigReader.read("a.yaml", "", wide)).hasMessageContaining("keys");
        assertThatThrownBy(() -> ConfigReader.read("a.yaml", "", "a: &a [*a]")).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> ConfigReader.read("a.yaml", "", "[".repeat(10_000)))
                .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> ConfigReader.read("a.json", "", "[".repeat(100_000)))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void noTypesAreMade() {
        assertThatThrownBy(() -> ConfigReader.read("a.yaml", "", "a: !!javax.script.ScriptEngineManager []"))
                .isInstanceOf(FormatException.class);
    }
}
