// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the readers have carried over so far, and what they say of the rest. */
final class ContractDraft {
    /** More than a contract may have are left. */
    private static final int MOST_METRICS = 200;

    private static final int MOST_TRIGGERS = 500;
    private static final int MOST_PHASES = 50;
    /** Of a phase that doesn't say. */
    private static final Duration USUAL_BAKE = Duration.ofMinutes(15);

    /** A metric's fields as the contract writes them, in order. */
    record DraftMetric(String id, Map<String, String> fields) {}

    /** @param bake null where nothing is said */
    record DraftPhase(String weight, Duration bake) {}

    private final String label;
    private final List<DraftMetric> metrics = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<DraftTrigger> triggers = new LinkedHashSet<>();
    private Duration noData;
    private final List<DraftPhase> phases = new ArrayList<>();
    /** Said once where two parts of the same words have the same reason. */
    private final Set<Remark> remarks = new LinkedHashSet<>();

    private String service = "";
    private String file = "";

    /** @param label of the series, with one value for each variant */
    ContractDraft(String label) {
        this.label = label;
    }

    /** Whose words the next remarks are about. */
    void file(String name) {
        file = name;
    }

    Tracks tracks() {
        return new Tracks(label);
    }

    String label() {
        return label;
    }

    /** The first that is named stays. */
    void service(String name) {
        if (service.isEmpty()) {
            service = name;
        }
    }

    String service() {
        return service;
    }

    /** @return its id; null where there are too many */
    String metric(String name, Map<String, String> fields) {
        if (metrics.size() == MOST_METRICS) {
            return null;
        }
        String id = free(name);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("id", id);
        all.putAll(fields);
        metrics.add(new DraftMetric(id, all));
        return id;
    }

    private String free(String name) {
        String slug =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String start = slug.isEmpty() || !Character.isLetter(slug.charAt(0)) ? "metric-" + slug : slug;
        String base = start.length() > 60 ? start.substring(0, 60) : start;
        String id = base;
        for (int i = 2; !ids.add(id); i++) {
            id = base + "-" + i;
        }
        return id;
    }

    /** A condition that breaks a release; those that are too many are left. */
    void trigger(DraftTrigger trigger) {
        if (triggers.size() < MOST_TRIGGERS) {
            triggers.add(trigger);
        } else {
            left(trigger.given(), "a contract has " + MOST_TRIGGERS + " triggers at most");
        }
    }

    /** A burn of an error budget that is too fast. */
    void burn(String metric, String words, String burn, Given given) {
        trigger(new DraftTrigger(metric, words, List.of(), ToolPace.ONCE, List.of(), ToolPace.ONCE, burn, given, file));
    }

    String file() {
        return file;
    }

    /** How long a source may be silent; the shortest that is told counts. */
    void silence(Duration time) {
        noData = noData == null || time.compareTo(noData) < 0 ? time : noData;
    }

    /** Null where no file says it. */
    Duration noData() {
        return noData;
    }

    /** How the release is looked at, now that all is read; what it says otherwise than the files is told. */
    LooksOfTool looking() {
        Duration bakes = Duration.ZERO;
        for (DraftPhase phase : phases) {
            boolean usual = phase.bake() == null || phase.bake().isZero();
            bakes = bakes.plus(usual ? USUAL_BAKE : phase.bake());
        }
        LooksOfTool looking = new LooksOfTool(triggers(), phases.isEmpty() ? null : bakes);
        for (DraftTrigger trigger : triggers) {
            file = trigger.file();
            looking.notes(trigger).forEach(n -> changed(trigger.given(), n));
        }
        return looking;
    }

    /** @return whether it is above the last one, as phases rise, and there is room for it */
    boolean phase(String weight, Duration bake) {
        double value = Double.parseDouble(weight);
        boolean rises = value > 0
                && value <= 100
                && phases.size() < MOST_PHASES - 1
                && (phases.isEmpty()
                        || Double.parseDouble(phases.get(phases.size() - 1).weight()) < value);
        if (rises) {
            phases.add(new DraftPhase(weight, bake));
        }
        return rises;
    }

    /** The last phase lasts longer by this. */
    void longer(Duration more) {
        DraftPhase last = phases.remove(phases.size() - 1);
        phases.add(new DraftPhase(
                last.weight(), last.bake() == null ? more : last.bake().plus(more)));
    }

    void left(Given words, String why) {
        words.take();
        remarks.add(new Remark(Remark.Kind.LEFT, file, words.line(), words.words(), why));
    }

    /** The same for each that is there of what stands at these names. */
    void leftEach(Given words, String why, String... names) {
        for (String name : names) {
            if (words.at(name).isThere()) {
                left(words.at(name), why);
            }
        }
    }

    void changed(Given words, String why) {
        remarks.add(new Remark(Remark.Kind.CHANGED, file, words.line(), words.words(), why));
    }

    /** What no reader took. */
    void rest(Given document) {
        document.untaken(g -> left(g, "no word of a contract stands for it"));
    }

    List<DraftMetric> metrics() {
        return metrics;
    }

    List<DraftTrigger> triggers() {
        return List.copyOf(triggers);
    }

    List<DraftPhase> phases() {
        return phases;
    }

    List<Remark> remarks() {
        return List.copyOf(remarks);
    }
}
