// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.kayenta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.judge.Worse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Numbers of Kayenta's own test suites (ClassifierSuite, MannWhitneySuite, StatisticSuite). */
class KayentaTest {
    private static final JsonNode SUITE = suite();

    private static JsonNode suite() {
        try (InputStream in = KayentaTest.class.getResourceAsStream("kayenta-suite.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double[] series(JsonNode of, String side) {
        JsonNode list = SUITE.get("series").get(of.get(side).asText());
        double[] v = new double[list.size()];
        for (int i = 0; i < v.length; i++) {
            v[i] = list.get(i).asDouble();
        }
        return v;
    }

    private static KayentaConfig config(JsonNode c) {
        return new KayentaConfig(
                c.get("tolerance").asDouble(),
                c.get("confidence").asDouble(),
                c.path("effectSize").asText("meanRatio"),
                c.get("allowed").get(1).asDouble(),
                c.get("allowed").get(0).asDouble(),
                c.get("criticals").get(1).asDouble(),
                c.get("criticals").get(0).asDouble(),
                c.get("nan").asText(),
                "keep",
                3,
                c.get("required").asBoolean(),
                Map.of());
    }

    private static Worse worse(String direction) {
        return switch (direction) {
            case "increase" -> Worse.HIGHER;
            case "decrease" -> Worse.LOWER;
            default -> Worse.EITHER;
        };
    }

    @Test
    void everyCaseOfItsSuite() {
        SoftAssertions all = new SoftAssertions();
        for (JsonNode c : SUITE.get("cases")) {
            Kayenta.Result r = new Kayenta(config(c))
                    .judge(
                            worse(c.get("direction").asText()),
                            c.get("critical").asBoolean(),
                            series(c, "baseline"),
                            series(c, "canary"));
            all.assertThat(r.classification().word())
                    .as(c.get("name").asText() + " " + r)
                    .isEqualTo(c.get("expected").asText());
            if (c.has("expectedCritical")) {
                all.assertThat(r.critical())
                        .as(c.get("name").asText())
                        .isEqualTo(c.get("expectedCritical").asBoolean());
            }
        }
        all.assertThat(SUITE.get("cases")).hasSize(33);
        all.assertAll();
    }

    @Test
    void intervalsTieOutWithR() {
        for (JsonNode c : SUITE.get("intervals")) {
            double[] x = DoubleStream.of(series(c, "canary")).sorted().toArray();
            double[] y = DoubleStream.of(series(c, "baseline")).sorted().toArray();
            KayentaInterval roots = new KayentaInterval(x, y);
            double z = c.get("confidence").asDouble() == 0.98 ? 2.3263478740408408 : 1.959963984540054;
            assertThat(roots.limit(z))
                    .as(c.get("name").asText())
                    .isCloseTo(c.get("lower").asDouble(), within(1e-6));
            assertThat(roots.limit(-z)).isCloseTo(c.get("upper").asDouble(), within(1e-6));
            assertThat(roots.estimate()).isCloseTo(c.get("estimate").asDouble(), within(1e-4));
            // the data's own differences lie within the root finder's tolerance of R's and Kayenta's answer
            assertThat(roots.exact(z)).isCloseTo(roots.limit(z), within(1e-4));
            assertThat(roots.exact(-z)).isCloseTo(roots.limit(-z), within(1e-4));
        }
    }

    @Test
    void aVerdictThatHangsOnTheRootFinderSaysSo() {
        double[] x = {106, 108, 107, 111, 109, 110, 105, 112, 103, 104};
        double[] y = {100, 101, 103, 99, 102, 98, 104, 97, 105, 100.5};
        Kayenta usual = new Kayenta(KayentaConfig.USUAL);
        Kayenta.Result plain = usual.judge(Worse.HIGHER, false, y, x);
        assertThat(plain.classification()).isEqualTo(Kayenta.Classification.HIGH);
        assertThat(plain.reason()).doesNotContain("root finder");
        int turned = 0;
        for (double scale : new double[] {3e-5, 1e-5, 3e-6, 1e-6}) {
            Kayenta.Result tiny = usual.judge(
                    Worse.HIGHER,
                    false,
                    Arrays.stream(y).map(v -> v * scale).toArray(),
                    Arrays.stream(x).map(v -> v * scale).toArray());
            boolean other = tiny.classification() != plain.classification();
            turned += other ? 1 : 0;
            assertThat(tiny.reason().contains("root finder")).isEqualTo(other);
            assertThat(tiny.reason().contains("exact limits say high")).isEqualTo(other);
        }
        assertThat(turned).isPositive();
    }

    @Test
    void onePointASideIsAnError() {
        Kayenta.Result r =
                new Kayenta(KayentaConfig.USUAL).judge(Worse.EITHER, true, new double[] {1}, new double[] {2});
        assertThat(r.classification()).isEqualTo(Kayenta.Classification.ERROR);
        assertThat(r.reason()).contains("tied");
    }

    @Test
    void percentilesAreOfTypeSeven() {
        // StatisticSuite, the last one NIST's
        double[] eight = {0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5};
        assertThat(Kayenta.percentile(eight, 5)).isCloseTo(0.175, within(1e-12));
        assertThat(Kayenta.percentile(eight, 50)).isEqualTo(1.75);
        assertThat(Kayenta.percentile(eight, 100)).isEqualTo(3.5);
        double[] nist = {
            95.1772, 95.1567, 95.1937, 95.1959, 95.1442, 95.0610, 95.1591, 95.1195, 95.1772, 95.0925, 95.1990, 95.1682
        };
        Arrays.sort(nist);
        assertThat(Kayenta.percentile(nist, 90)).isCloseTo(95.19568, within(1e-9));
    }

    @Test
    void effectSizes() {
        assertThat(Kayenta.meanRatio(new double[] {10, 10}, new double[] {100, 100}))
                .isEqualTo(0.1);
        assertThat(Kayenta.meanRatio(new double[] {10, 10}, new double[] {0, 0}))
                .isNaN();
        assertThat(Kayenta.cles(new double[] {1, 2, 3, 4, 5}, new double[] {1, 2, 3, 4, 5}))
                .isEqualTo(0.5);
    }

    @Test
    void outliersGoOnlyBeyondBothFences() {
        KayentaConfig remove =
                new KayentaConfig(0.25, 0.98, "meanRatio", 1, 1, 1, 1, "remove", "remove", 1.5, false, Map.of());
        double[] y = new double[101];
        double[] x = new double[101];
        for (int i = 0; i < 101; i++) {
            y[i] = i % 10;
            x[i] = i % 10;
        }
        x[100] = 1000;
        assertThat(new Kayenta(remove).judge(Worse.EITHER, false, y, x).canary())
                .isEqualTo(100);
        assertThat(new Kayenta(KayentaConfig.USUAL)
                        .judge(Worse.EITHER, false, y, x)
                        .canary())
                .isEqualTo(101);
    }
}
