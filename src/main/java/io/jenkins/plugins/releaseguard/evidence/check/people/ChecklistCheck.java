// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.people;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.grammar.CheckBox;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.FieldType;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.contract.schema.ValueReader.Fault;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Boxes of a checklist in the contract: each is ticked, and somebody says so by name. */
public final class ChecklistCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("checklist", "Boxes are ticked, each by a person with a name.")
            .main(Field.of("items", FieldType.LINES, "the boxes, as \"" + CheckBox.EXAMPLE + "\"")
                    .must())
            .reads("items", ChecklistCheck::box);

    private static Optional<Fault> box(String text) {
        return CheckBox.parse(text).isPresent()
                ? Optional.empty()
                : Optional.of(new Fault(
                        "'" + Lines.bounded(text, 80) + "' is no box",
                        "write \"[ ] " + Lines.bounded(words(text), 40) + "\", and where it is done x and a name: "
                                + CheckBox.EXAMPLE));
    }

    /** Without what was meant for a box. */
    private static String words(String text) {
        String words = text.strip();
        int end = words.startsWith("[") ? words.indexOf(']') : -1;
        return end >= 0 && !words.startsWith("(", end + 1)
                ? words.substring(end + 1).strip()
                : words;
    }

    /** A day as a name dates it may have begun earlier than here. */
    private static final Duration ELSEWHERE = Duration.ofHours(14);

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Duration maxAge(CheckSpec spec) {
        return Duration.ofDays(30);
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) {
        List<String> open = new ArrayList<>();
        List<String> unclear = new ArrayList<>();
        Set<String> people = new LinkedHashSet<>();
        Instant oldest = context.now();
        List<String> items = spec.settings().texts("items");
        for (String item : items) {
            CheckBox box = CheckBox.parse(item).orElse(null);
            if (box == null) {
                unclear.add("'" + item + "' is no box");
                continue;
            }
            Instant on = box.on() == null
                    ? context.now()
                    : box.on().atStartOfDay(ZoneOffset.UTC).toInstant();
            if (!box.ticked()) {
                open.add("'" + box.text() + "' is not ticked");
            } else if (box.by().isEmpty()) {
                unclear.add("nobody says by name that '" + box.text() + "' is done");
            } else if (!box.unreadable().isEmpty()) {
                unclear.add("'" + box.text() + "' was ticked on " + box.unreadable() + ", which is no date");
            } else if (on.isAfter(context.now().plus(ELSEWHERE))) {
                unclear.add("'" + box.text() + "' was ticked on " + box.on() + ", which is to come");
            } else {
                people.add(box.by());
                oldest = on.isBefore(oldest) ? on : oldest;
            }
        }
        int done = items.size() - open.size() - unclear.size();
        Finding.Builder found = Finding.now(context)
                .looked(entry.id())
                .from(Origin.PERSON)
                .at(oldest)
                .value(done + " of " + items.size() + " ticked")
                .limit("all");
        String fix = "when it is done, tick it with name and day: " + CheckBox.EXAMPLE;
        if (!open.isEmpty()) {
            return found.fail(Lines.some(open), fix);
        }
        if (!unclear.isEmpty() || items.isEmpty()) {
            return found.unknown(items.isEmpty() ? "the checklist is empty" : Lines.some(unclear), fix);
        }
        return found.pass("the word of " + String.join(", ", people));
    }
}
