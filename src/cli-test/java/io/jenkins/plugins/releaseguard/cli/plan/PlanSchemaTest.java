// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.cli.Main;
import io.jenkins.plugins.releaseguard.forecast.Outlook;
import io.jenkins.plugins.releaseguard.forecast.PlanChange;
import io.jenkins.plugins.releaseguard.forecast.PlanNote;
import io.jenkins.plugins.releaseguard.testing.PublishedSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What plan prints for programs is what its schema says, both ways. */
class PlanSchemaTest {
    private static final String CONTRACT = """
            apiVersion: release-guard/v1
            release: {service: shop, version: "1"}
            metrics:
              - {id: err, name: errors, kind: rate, source: p, errors: 'errors_total{track="$track"}', total: 'sum(increase(requests_total{track="$track"}[$window]))'}
              - {id: lat, kind: latency, unit: ms, source: p, histogram: 'duration_seconds_bucket{track="$track"}', limit: 500ms, allow: 50%}
            rollout: {phases: [5, 25, 100], bake: 10m, maxBake: 40m, promote: proof, interval: 15s}
            """;

    @TempDir
    private Path dir;

    private final PublishedSchema schema = PublishedSchema.of("plan");

    private String plan(String contract, String... options) throws IOException {
        Path file = Files.writeString(dir.resolve("release.yaml"), contract);
        List<String> args =
                new ArrayList<>(List.of("plan", file.toString(), "--format", "json", "--runs", "20", "--errors", "1%"));
        args.addAll(List.of(options));
        StringWriter out = new StringWriter();
        Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(args.toArray(String[]::new));
        return out.toString();
    }

    @Test
    void isItselfAValidSchema() {
        schema.isASchema();
        assertThat(schema.fields("outlook")).isEqualTo(PublishedSchema.components(Outlook.class));
        assertThat(schema.fields("change")).isEqualTo(PublishedSchema.components(PlanChange.class));
        assertThat(schema.fields("note")).isEqualTo(PublishedSchema.components(PlanNote.class));
        assertThat(schema.words("note", "kind"))
                .isEqualTo(Arrays.stream(PlanNote.Kind.values())
                        .map(PlanNote.Kind::word)
                        .toList());
    }

    @Test
    void everyPlanFits() throws IOException {
        String fitting = plan(CONTRACT, "--rps", "1000", "--p50", "95", "--p99", "300");
        schema.fits(fitting);
        schema.fits(plan(CONTRACT, "--rps", "8"));
        schema.fits(plan(CONTRACT, "--rps", "2", "--p50", "95", "--p99", "300"));
        schema.fits(plan(
                CONTRACT.replace(
                        "rollout:",
                        "  - {id: mem, kind: gauge, source: p, values: 'memory{track=\"$track\"}'}\nrollout:"),
                "--rps",
                "1000"));

        // written as null where they are no finite number, which none of these plans makes them
        schema.allowsNothingElse("#/$defs/forecast stoppedInVain: null", "#/$defs/phase held: null");
        schema.refusesOtherFieldsIn(fitting);
    }
}
