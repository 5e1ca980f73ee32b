// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Judgement;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.kayenta.KayentaJudge;
import io.jenkins.plugins.releaseguard.judge.oneshot.Comparison;
import io.jenkins.plugins.releaseguard.judge.sequential.Watch;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchState;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchStep;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges a canary from a file of samples, once or look by look. */
@Command(
        name = "judge",
        description = "Is the canary worse than its baseline?",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:pass (stream: promote, continue)",
            "1:fail (stream: stop)",
            "2:usage or unreadable input",
            "3:inconclusive (stream: hold)",
            "4:marginal"
        })
public final class JudgeCommand implements Callable<Integer> {
    enum Profile {
        guard,
        kayenta
    }

    enum Format {
        text,
        json
    }

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Parameters(paramLabel = "FILE.json", description = "Configuration and samples; - reads standard input.")
    private Path file;

    @Option(names = "--profile", description = "guard (default), or kayenta for the verdicts of its NetflixACA judge.")
    private Profile profile = Profile.guard;

    @Option(names = "--format", description = "text (default) or json.")
    private Format format = Format.text;

    @Option(names = "--stream", description = "One JSON object a line: the configuration, then a look each.")
    private boolean stream;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            if (stream && profile == Profile.kayenta) {
                throw new IllegalArgumentException("--stream has no profile kayenta: its judge is made for one look");
            }
            return stream ? stream(out) : once(out);
        } catch (NoSuchFileException e) {
            err.println(Shown.line("judge: " + e.getFile() + " does not exist"));
        } catch (CharacterCodingException e) {
            err.println(Shown.line("judge: " + file + ": it is not UTF-8 text"));
        } catch (JsonProcessingException e) {
            err.println(Shown.line("judge: " + file + JsonPlace.of(e) + ": " + e.getOriginalMessage()));
        } catch (IllegalArgumentException e) {
            err.println(Shown.line("judge: " + file + ": " + e.getMessage()));
        } finally {
            out.flush();
            err.flush();
        }
        return 2;
    }

    private int once(PrintWriter out) throws IOException {
        JudgeInput in;
        try (BufferedReader r = reader()) {
            in = JudgeInput.read(JSON.readTree(r));
        }
        Judgement j = profile == Profile.kayenta
                ? new KayentaJudge(in.kayenta(), in.scores().pass(), in.scores().marginal())
                        .judge(in.metrics(), in.samples())
                : new Comparison(in.alpha(), in.scores().pass(), in.scores().marginal())
                        .judge(in.metrics(), in.samples(), in.shares());
        out.println(format == Format.json ? Shown.json(JSON.writeValueAsString(Verdicts.json(j))) : Verdicts.text(j));
        return code(j.verdict());
    }

    private int stream(PrintWriter out) throws IOException {
        try (BufferedReader r = reader()) {
            String first = r.readLine();
            if (first == null) {
                throw new IllegalArgumentException("line 1: the configuration is missing");
            }
            JudgeInput in = at(1, () -> JudgeInput.read(JSON.readTree(first)));
            JudgeConfig config = at(1, in::stream);
            WatchState state = Watch.start(config);
            Action last = Action.CONTINUE;
            int number = 1;
            for (String line = r.readLine(); line != null; line = r.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                String text = line;
                WatchState before = state;
                WatchStep step = at(
                        number,
                        () -> Watch.look(config, before, in.rollout().warmups().marked(in.look(tree(text)), before)));
                state = step.state();
                last = step.verdict().action();
                out.println(Shown.json(JSON.writeValueAsString(Verdicts.json(step.verdict(), config.promotion()))));
                out.flush();
            }
            return last == Action.STOP ? 1 : last == Action.HOLD ? 3 : 0;
        }
    }

    private static JsonNode tree(String text) throws IOException {
        return JSON.readTree(text);
    }

    private interface Work<T> {
        T done() throws IOException;
    }

    private static <T> T at(int line, Work<T> work) throws IOException {
        try {
            return work.done();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("line " + line + JsonPlace.column(e) + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + line + ": " + e.getMessage(), e);
        }
    }

    private BufferedReader reader() throws IOException {
        return file.toString().equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(file);
    }

    static int code(Verdict v) {
        return switch (v) {
            case PASS -> 0;
            case FAIL -> 1;
            case MARGINAL -> 4;
            case INCONCLUSIVE, NODATA -> 3;
        };
    }
}
