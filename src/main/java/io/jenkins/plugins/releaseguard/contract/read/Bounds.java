// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much a contract with all that it includes may ask for. Each limit is far above what a release needs. */
final class Bounds {
    /** Ids that ranges stand for, counted where they are used. */
    static final int MOST_IDS = 100_000;

    /** Items of one list of texts. */
    static final int MOST_ITEMS = 1000;

    private static final int MOST_PHASES = 50;
    private static final int MOST_SPECS = 50;
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final Map<String, Integer> MOST = new LinkedHashMap<>();

    static {
        MOST.put("entries", 5000);
        // each is asked for at every look
        MOST.put("metrics", 200);
        MOST.put("risks", MOST_ITEMS);
        MOST.put("flags", MOST_ITEMS);
        MOST.put("playbook", MOST_ITEMS);
        MOST.put("communication", MOST_ITEMS);
    }

    private final Problems problems;

    Bounds(Problems problems) {
        this.problems = problems;
    }

    /** @param parts the contract and what it includes */
    void check(List<Settings> parts) {
        MOST.forEach((key, most) -> {
            List<Settings> all = new ArrayList<>();
            parts.forEach(p -> all.addAll(list(p, key)));
            if (all.size() > most) {
                tooMany(all.size(), key, most, FieldValues.self(all.get(most)));
            }
        });
        for (Settings part : parts) {
            if (part.values().get("rollout") instanceof Settings rollout) {
                List<Settings> phases = list(rollout, "phases");
                if (phases.size() > MOST_PHASES) {
                    tooMany(phases.size(), "phases", MOST_PHASES, FieldValues.self(phases.get(MOST_PHASES)));
                }
            }
            if (part.values().get("release") instanceof Settings release) {
                List<Settings> artifacts = list(release, "artifacts");
                if (artifacts.size() > MOST_ITEMS) {
                    tooMany(artifacts.size(), "artifacts", MOST_ITEMS, FieldValues.self(artifacts.get(MOST_ITEMS)));
                }
            }
            list(part, "entries").forEach(this::entry);
        }
    }

    private void entry(Settings entry) {
        for (String key : List.of("verify", "check", "procedure")) {
            Object value = entry.values().get(key);
            List<?> specs = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
            if (specs.size() > MOST_SPECS) {
                tooMany(specs.size(), "checks or actions of one entry", MOST_SPECS, FieldValues.self(entry));
            }
            for (Object spec : specs) {
                if (spec instanceof CheckSpec check) {
                    time(check.settings(), "timeout", check.at());
                } else if (spec instanceof ActionSpec action) {
                    time(action.settings(), "deadline", action.at());
                }
            }
        }
    }

    private void time(Settings settings, String key, Position at) {
        if (settings.values().get(key) instanceof Duration time && time.compareTo(LONGEST) > 0) {
            problems.error(
                    ReadRule.SIZE,
                    settings.at(key) == null ? at : settings.at(key),
                    key + " is " + time.toHours() + " h, the limit is " + LONGEST.toHours() + " h",
                    "do what takes longer in a job of its own, and look at its result");
        }
    }

    private void tooMany(int number, String what, int most, Position at) {
        problems.error(ReadRule.SIZE, at, number + " " + what + ", the limit is " + most, "write fewer");
    }

    private static List<Settings> list(Settings settings, String key) {
        return settings.values().get(key) instanceof List<?> list
                ? list.stream()
                        .filter(Settings.class::isInstance)
                        .map(Settings.class::cast)
                        .toList()
                : List.of();
    }
}
