// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Artifact;
import io.jenkins.plugins.releaseguard.contract.ChangeImpact;
import io.jenkins.plugins.releaseguard.contract.Communication;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.FeatureFlag;
import io.jenkins.plugins.releaseguard.contract.Incident;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.contract.Risk;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Stage;
import io.jenkins.plugins.releaseguard.contract.grammar.Cursor;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes the contract of what the readers found in its file and in those it includes. */
final class ContractAssembler {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private final Problems problems;
    private final RolloutSpec.Promote promote;
    private final Map<String, Position> ids = new HashMap<>();

    /** @param promote by which rule phases are left where nothing is said */
    ContractAssembler(Problems problems, RolloutSpec.Promote promote) {
        this.problems = problems;
        this.promote = promote;
    }

    /** {@code parts} begins with the contract's own settings; included files follow. */
    Contract contract(String file, String sha256, List<Settings> parts) {
        Settings main = parts.get(0);
        Position start = new Position(file, 1, 1);
        Release release = release(FieldValues.get(main, "release"), start);
        RolloutSpec rollout = new RolloutAssembler(problems, promote).rollout(FieldValues.get(main, "rollout"), start);
        List<Risk> risks = all(parts, "risks").stream().map(this::risk).toList();
        MetricAssembler metrics = new MetricAssembler(problems);
        List<Metric> watched = all(parts, "metrics").stream()
                .map(s -> once(s, metrics.metric(s)))
                .flatMap(Optional::stream)
                .toList();
        EntryAssembler entries = new EntryAssembler(problems);
        List<Entry> read = all(parts, "entries").stream()
                .map(s -> once(s, entries.entry(s)))
                .flatMap(Optional::stream)
                .toList();
        List<Entry> complete = new UsualThresholds(problems).complete(read, watched, release);
        return new Contract(
                main.text("apiVersion"),
                file,
                sha256,
                release,
                risks,
                watched,
                rollout,
                complete,
                all(parts, "flags").stream().map(ContractAssembler::flag).toList(),
                all(parts, "playbook").stream().map(ContractAssembler::incident).toList(),
                all(parts, "communication").stream()
                        .map(ContractAssembler::communication)
                        .flatMap(Optional::stream)
                        .toList(),
                problems.sorted());
    }

    private static List<Settings> all(List<Settings> parts, String key) {
        return parts.stream().flatMap(p -> FieldValues.objects(p, key).stream()).toList();
    }

    private <T> Optional<T> once(Settings s, Optional<T> made) {
        String id = s.text("id");
        Position before = id.isEmpty() ? null : ids.putIfAbsent(id, FieldValues.at(s, "id"));
        if (before != null) {
            problems.error(
                    ReadRule.ID,
                    FieldValues.at(s, "id"),
                    Cursor.shorten(id) + " stands twice, first at " + before,
                    "give each its own number");
        }
        return made;
    }

    private Release release(Settings s, Position start) {
        if (s == null) {
            return new Release("", "", "", List.of(), "", List.of(), "", "", Duration.ofSeconds(60), start);
        }
        Settings rollback = FieldValues.get(s, "rollback");
        Duration objective = rollback == null
                ? Duration.ofSeconds(60)
                : FieldValues.or(rollback, "objective", Duration.ofSeconds(60));
        if (objective.compareTo(Duration.ofSeconds(5)) < 0) {
            problems.error(
                    ReadRule.TYPE,
                    FieldValues.at(rollback, "objective"),
                    "a rollback within " + Span.written(objective),
                    "write 5s or more; 60s is usual");
        }
        return new Release(
                s.text("service"),
                s.text("version"),
                s.text("commit"),
                FieldValues.objects(s, "artifacts").stream().map(this::artifact).toList(),
                s.text("scope"),
                s.texts("includes"),
                s.text("owner"),
                s.text("author"),
                objective,
                change(FieldValues.get(s, "change")),
                FieldValues.self(s));
    }

    private Artifact artifact(Settings s) {
        String sha256 = s.text("sha256");
        if (!sha256.isEmpty()
                && !sha256.contains("${")
                && !SHA256.matcher(sha256).matches()) {
            problems.error(
                    ReadRule.TYPE,
                    FieldValues.at(s, "sha256"),
                    "the SHA-256 has " + sha256.length() + " characters and is not 64 hexadecimal digits",
                    "take what sha256sum prints for " + Cursor.shorten(s.text("file")));
        }
        return new Artifact(s.text("file"), sha256.toLowerCase(Locale.ROOT), FieldValues.self(s));
    }

    private static ChangeImpact change(Settings s) {
        return s == null
                ? ChangeImpact.UNKNOWN
                : new ChangeImpact(
                        FieldValues.number(s, "users", Double.NaN),
                        s.text("criticality"),
                        FieldValues.get(s, "reversible"),
                        FieldValues.get(s, "migration"),
                        s.text("compensation"));
    }

    private Risk risk(Settings s) {
        once(s, Optional.empty());
        return new Risk(
                s.text("id"),
                s.text("title"),
                s.text("likelihood"),
                s.text("impact"),
                s.text("status"),
                s.text("mitigation"),
                s.text("owner"),
                s.text("acceptedBy"),
                FieldValues.self(s));
    }

    private static FeatureFlag flag(Settings s) {
        return new FeatureFlag(s.text("id"), s.text("initial"), s.text("owner"), s.text("remove"), FieldValues.self(s));
    }

    private static Incident incident(Settings s) {
        return new Incident(
                s.text("id"),
                s.text("title"),
                s.text("symptom"),
                s.texts("steps"),
                s.text("escalation"),
                s.text("owner"),
                FieldValues.self(s));
    }

    private static Optional<Communication> communication(Settings s) {
        return Arrays.stream(Stage.values())
                .filter(x -> x.text().equals(s.text("stage")))
                .findFirst()
                .map(x -> new Communication(x, s.texts("to"), s.text("message"), s.text("by"), FieldValues.self(s)));
    }
}
