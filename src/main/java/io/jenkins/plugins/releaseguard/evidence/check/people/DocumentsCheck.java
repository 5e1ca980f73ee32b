// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.people;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.BOOLEAN;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.LISTS;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.MAP;
import static io.jenkins.plugins.releaseguard.contract.schema.Unit.TIME;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.grammar.PersonNames;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.check.Limits;
import io.jenkins.plugins.releaseguard.evidence.check.source.FilesRead;
import io.jenkins.plugins.releaseguard.evidence.read.MarkdownDocument;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Documents are there, have their sections, are young enough, and someone other than the author has reviewed each. */
public final class DocumentsCheck implements Check {
    private static final SpecKind KIND = SpecKind.check(
                    "documents", "Documents are there, and reviewed by someone other than their author.")
            .main(list("files", "paths or patterns; each must match").must())
            .fields(
                    Field.of("reviewed", BOOLEAN, "someone other than the author has reviewed each")
                            .standard("yes"),
                    Field.of("reviewers", MAP, "who has reviewed which, where the documents don't say"),
                    Field.of("sections", LISTS, "headings that a document must have, by path"),
                    limit("age", "how long ago the document was last changed").unit(TIME));

    private static final String FIX = "write what is missing, and have someone other than the author review it";

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        Finding.Builder found =
                Finding.now(context).looked(Lines.some(settings.texts("files"))).limit("all in order");
        List<String> troubles = new ArrayList<>();
        List<String> unclear = new ArrayList<>();
        FilesRead sighting = new FilesRead();
        Set<String> paths = new HashSet<>();
        Instant oldest = context.now();
        int seen = 0;
        for (String pattern : settings.texts("files")) {
            List<EvidenceFile> files = context.files().find(pattern);
            if (files.isEmpty()) {
                troubles.add(pattern + " is missing");
            }
            for (EvidenceFile file : files) {
                seen++;
                MarkdownDocument paper = MarkdownDocument.read(sighting.text(file));
                Instant changed = Times.of(file.path(), paper.field("date"), file.modified(), context.now());
                paths.add(file.path());
                oldest = changed.isBefore(oldest) ? changed : oldest;
                look(file.path(), paper, settings, context, troubles, unclear);
            }
        }
        sighting.into(found).at(context.now());
        if (seen == 0 && troubles.isEmpty()) {
            return found.unknown("the check names no documents", "name them under files");
        }
        unmatched(settings, paths, unclear);
        found.value(Quantity.count(troubles.size() + unclear.size(), "gap"));
        if (!troubles.isEmpty()) {
            return found.fail(Lines.some(troubles), FIX);
        }
        if (!unclear.isEmpty()) {
            return found.unknown(
                    Lines.some(unclear),
                    "name author and reviewed-by in the document, or give the check reviewers, each key as a path of its files");
        }
        String good = Quantity.count(seen, "document") + " in order";
        return settings.threshold("age").isEmpty()
                ? found.pass(good)
                : new Limits()
                        .want(
                                "age",
                                settings.threshold("age"),
                                Duration.between(oldest, context.now()).toSeconds(),
                                "s")
                        .conclude(
                                found,
                                good,
                                "a document was last changed too long ago",
                                "go through it, and change or date it");
    }

    /** A key that no document has would hold nothing. */
    private static void unmatched(Settings settings, Set<String> paths, List<String> unclear) {
        for (String field : List.of("sections", "reviewers")) {
            if (settings.values().get(field) instanceof Map<?, ?> map) {
                map.keySet().stream()
                        .map(Object::toString)
                        .filter(path -> !paths.contains(path))
                        .forEach(path -> unclear.add(field + " names " + path + ", which is none of the documents"));
            }
        }
    }

    private static void look(
            String path,
            MarkdownDocument paper,
            Settings settings,
            CheckContext context,
            List<String> troubles,
            List<String> unclear) {
        if (paper.isEmpty()) {
            troubles.add(path + " is empty");
            return;
        }
        if (settings.values().get("sections") instanceof Map<?, ?> sections
                && sections.get(path) instanceof List<?> headings) {
            for (Object heading : headings) {
                if (!paper.hasHeading(heading.toString())) {
                    troubles.add(path + " has no section '" + heading + "'");
                }
            }
        }
        if (settings.flag("reviewed")) {
            reviewed(path, paper, settings, context, troubles, unclear);
        }
    }

    private static void reviewed(
            String path,
            MarkdownDocument paper,
            Settings settings,
            CheckContext context,
            List<String> troubles,
            List<String> unclear) {
        String named = settings.map("reviewers").getOrDefault(path, "");
        List<String> reviewers = named.isBlank() ? paper.people("reviewed-by") : List.of(named.split("\\s*,\\s*"));
        List<String> authors = paper.people("author");
        if (authors.isEmpty() && context.contract().release().author() != null) {
            authors = List.of(context.contract().release().author());
        }
        authors = authors.stream()
                .filter(a -> !a.isBlank())
                .map(DocumentsCheck::key)
                .toList();
        String nobody = reviewers.stream()
                .filter(r -> !PersonNames.isPerson(r))
                .findFirst()
                .orElse(null);
        if (nobody != null) {
            troubles.add(path + " is not reviewed: '" + nobody + "' is no name of a person");
        } else if (reviewers.isEmpty()) {
            troubles.add(path + " is not reviewed");
        } else if (authors.isEmpty()) {
            unclear.add("nobody knows the author of " + path);
        } else if (reviewers.stream().map(DocumentsCheck::key).allMatch(authors::contains)) {
            troubles.add(path + " is reviewed by its author alone");
        }
    }

    private static String key(String person) {
        return person.strip().toLowerCase(Locale.ROOT);
    }
}
