// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayCommandTest {
    private static final String HEADER = "time,phase,variant,metric,value,total\n";

    @TempDir
    private Path dir;

    private String out;
    private String err;

    private int run(String csv, String... options) throws IOException {
        Path samples = Files.writeString(dir.resolve("s.csv"), csv);
        Path config = Files.writeString(
                dir.resolve("c.json"),
                "{\"phases\":[0.5],\"metrics\":[{\"id\":\"e\",\"kind\":\"rate\"},"
                        + "{\"id\":\"l\",\"kind\":\"latency\",\"allow\":\"10%\"}]}");
        StringWriter o = new StringWriter();
        StringWriter e = new StringWriter();
        List<String> args = new ArrayList<>(List.of(options));
        args.addAll(List.of("--config", config.toString(), samples.toString()));
        int code = new CommandLine(new ReplayCommand())
                .setOut(new PrintWriter(o))
                .setErr(new PrintWriter(e))
                .execute(args.toArray(String[]::new));
        out = o.toString();
        err = e.toString();
        return code;
    }

    private static List<String> rows(double canaryErrors, int looks) {
        Random r = new Random(4);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < looks; i++) {
            int t = 30 * i + 3;
            rows.add(t + ",0,baseline,e," + (8 + r.nextInt(5)) + ",1000");
            rows.add(t + ",0,canary,e," + (int) (canaryErrors * (8 + r.nextInt(5))) + ",1000");
            for (int k = 0; k < 8; k++) {
                rows.add((t + k) + ",0,baseline,l," + (100 + 10 * r.nextGaussian()) + ",");
                rows.add((t + k) + ",0,canary,l," + (100 + 10 * r.nextGaussian()) + ",");
            }
        }
        return rows;
    }

    @Test
    void aBadCanaryStops() throws IOException {
        assertThat(run(HEADER + String.join("\n", rows(4, 40)))).isEqualTo(1);
        assertThat(out).contains("stop", "harm: e ");
    }

    @Test
    void orderInTheFileDoesNotMatter() throws IOException {
        List<String> rows = rows(4, 40);
        run(HEADER + String.join("\n", rows), "--format", "json");
        String sorted = out;
        Collections.shuffle(rows, new Random(1));
        run(HEADER + String.join("\n", rows), "--format", "json");
        assertThat(out).isEqualTo(sorted);
    }

    @Test
    void aSelfTestTellsFalseStopsAndTimeToDetect() throws IOException {
        int code = run(
                HEADER + String.join("\n", rows(1, 40)),
                "--self-test",
                "--runs",
                "40",
                "--looks-per-phase",
                "40",
                "--harm-errors",
                "4",
                "--harm-values",
                "1.5");
        assertThat(out).contains("A/A:", "of 40 resampled releases stopped", "errors times 4.0:", "median after");
        assertThat(code).isZero();
    }

    @Test
    void duplicatesSkewAndResetsAreNamed() throws IOException {
        assertThat(run(HEADER + "3,0,canary,e,1,10\n3,0,canary,e,1,10\n")).isEqualTo(2);
        assertThat(err).contains("line 3: time 3.0 is given twice");
        // the canary's clock is a minute off: no look has both sides
        assertThat(run(HEADER + "3,0,baseline,e,1,10\n63,0,canary,e,1,10\n")).isEqualTo(3);
        assertThat(out).contains("hold", "clocks that differ");
        assertThat(run(HEADER + "3,0,baseline,e,1,10\n3,0,canary,e,-5,10\n")).isEqualTo(3);
        assertThat(out).contains("did the counter reset?");
    }

    @Test
    void badFilesNameTheLine() throws IOException {
        assertThat(run("a,b\n")).isEqualTo(2);
        assertThat(err).contains("line 1: the header must be");
        assertThat(run(HEADER + "3,0,green,e,1,10\n")).isEqualTo(2);
        assertThat(err).contains("line 2: variant must be baseline or canary");
        assertThat(run(HEADER + "3,0,canary,x,1,10\n")).isEqualTo(2);
        assertThat(err).contains("metric 'x' is not in the configuration");
        assertThat(run(HEADER + "3,0,canary,e,one,10\n")).isEqualTo(2);
        assertThat(err).contains("value must be a number");
        assertThat(run(HEADER)).isEqualTo(3);
    }
}
