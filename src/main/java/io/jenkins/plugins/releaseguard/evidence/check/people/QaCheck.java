// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.people;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.grammar.PersonNames;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.check.source.FilesRead;
import io.jenkins.plugins.releaseguard.evidence.read.SafeYaml;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * QA's recommendation (YAML or JSON: recommendation, by, date, version, evidence). Where its evidence is not complete the
 * release goes back to the owner by name.
 */
public final class QaCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("qa", "The QA recommendation, with its evidence complete.")
            .main(Field.text("file", "YAML or JSON with recommendation, by, date and evidence")
                    .must())
            .fields(
                    list("evidence", "documents that must be there, besides those that the file names"),
                    list("accept", "recommendations that count as yes").standard("go, conditional-go"),
                    Field.text(
                            "owner",
                            "to whom the release goes back where evidence is missing; else the entry's owner"));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        FilesRead sighting = new FilesRead();
        EvidenceFile file = FilesRead.one(context.files(), settings.text("file"));
        Map<?, ?> paper = paper(sighting.text(file), file.path());
        Finding.Builder found = sighting.into(Finding.now(context));
        String said = text(paper, "recommendation");
        String by = text(paper, "by");
        List<String> accepted =
                settings.texts("accept").isEmpty() ? List.of("go", "conditional-go") : settings.texts("accept");
        found.value(said).limit(String.join(", ", accepted));
        if (said.isEmpty() || by.isEmpty()) {
            return found.unknown(
                    "the recommendation lacks " + (said.isEmpty() ? "recommendation" : "by"),
                    "let QA say what it recommends, and who says so");
        }
        Release release = context.contract().release();
        String about = text(paper, "version");
        if (!PersonNames.isPerson(by)) {
            return found.unknown("'" + by + "' is no name of a person", "let the recommendation say by whom it is");
        }
        if (about.isEmpty()) {
            return found.unknown(
                    "the recommendation names no version, and would do for any",
                    "let QA write the version that it looked at: version: " + release.version());
        }
        if (!about.equals(release.version())) {
            return found.fail(
                    "the recommendation is about version " + about + ", not " + release.version(),
                    "have QA look at this version");
        }
        if (accepted.stream().noneMatch(said::equalsIgnoreCase)) {
            return found.fail(by + " recommends " + said, "settle with " + by + " what stands against the release");
        }
        List<String> missing = missing(papers(paper, settings), context, sighting);
        sighting.into(found)
                .at(Times.of(file.path(), text(paper, "date"), file.modified(), context.now()))
                .from(weakest(sighting, file));
        if (!missing.isEmpty()) {
            String owner = settings.text("owner").isEmpty() ? entry.owner() : settings.text("owner");
            return found.value(said + ", " + missing.size() + " missing")
                    .fail(
                            "goes back to " + (owner.isEmpty() ? "its owner" : owner) + ": the evidence lacks "
                                    + Lines.some(missing),
                            (owner.isEmpty() ? "the entry's owner adds" : owner + " adds") + " what is missing");
        }
        return found.pass(by + " recommends " + said + ", with its evidence");
    }

    private static Origin weakest(FilesRead sighting, EvidenceFile file) {
        return sighting.origin() == null ? file.origin() : sighting.origin();
    }

    /** Papers named by the recommendation and by the contract; each a path or an object with file. */
    private static Set<String> papers(Map<?, ?> paper, Settings settings) throws IOException {
        Set<String> papers = new LinkedHashSet<>(settings.texts("evidence"));
        Object named = paper.get("evidence");
        if (named == null) {
            return papers;
        }
        for (Object one : named instanceof List<?> list ? list : List.of(named)) {
            Object path = one instanceof Map<?, ?> map ? map.get("file") : one;
            if (path == null || path.toString().isBlank()) {
                throw new IOException("a piece of QA's evidence names no file");
            }
            papers.add(path.toString());
        }
        return papers;
    }

    private static List<String> missing(Set<String> papers, CheckContext context, FilesRead sighting)
            throws IOException {
        if (papers.isEmpty()) {
            throw new IOException("neither the recommendation nor the contract names any evidence");
        }
        List<String> missing = new ArrayList<>();
        for (String paper : papers) {
            List<EvidenceFile> files = context.files().find(paper);
            if (files.isEmpty() || files.stream().anyMatch(f -> f.size() == 0)) {
                missing.add(paper);
            }
            for (EvidenceFile file : files) {
                sighting.digest(file);
            }
        }
        return missing;
    }

    private static Map<?, ?> paper(String text, String path) throws IOException {
        List<Object> documents;
        try {
            documents = SafeYaml.documents(text);
        } catch (IOException e) {
            throw new IOException("'" + path + "': " + e.getMessage(), e);
        }
        if (documents.size() != 1 || !(documents.get(0) instanceof Map<?, ?> map)) {
            throw new IOException("'" + path + "' is no recommendation");
        }
        return map;
    }

    private static String text(Map<?, ?> map, String key) {
        Object value = map.get(key);
        if (value instanceof Date date) {
            return date.toInstant().toString();
        }
        return value == null || value instanceof Map || value instanceof List
                ? ""
                : value.toString().strip();
    }
}
