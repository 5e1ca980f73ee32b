// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Files of other tools as one release contract: the formats are told by their content, and what belongs together is read together. */
public final class Carry {
    private static final List<ForeignReader> READERS = List.of(
            new ArgoReader(),
            new FlaggerReader(),
            new OpenSloReader(),
            new SlothReader(),
            new PyrraReader(),
            new KeptnReader(),
            new KayentaReader());

    /** What is read of each group's versions; others may mean other things by the same words. */
    private static final Map<String, Set<String>> VERSIONS = Map.of(
            "argoproj.io/", Set.of("argoproj.io/v1alpha1"),
            "flagger.app/", Set.of("flagger.app/v1beta1", "flagger.app/v1alpha3"),
            "openslo", Set.of("openslo/v1", "openslo/v1alpha", "openslo.com/v2alpha"),
            "pyrra.dev/", Set.of("pyrra.dev/v1alpha1"),
            "sloth.slok.dev/", Set.of("sloth.slok.dev/v1"));

    private Carry() {}

    /**
     * What no file can know.
     *
     * @param service its name; empty takes that of the files
     * @param owner who answers for the release and its triggers; empty writes none
     * @param source the id of the metric source
     * @param router the id of the router; empty writes none
     * @param label of the series, with one value for the new version and another for the old one
     */
    public record Settings(String service, String owner, String source, String router, String label) {}

    /**
     * What came of it.
     *
     * @param text the contract's YAML; lint says what it still owes
     * @param formats what the files were
     */
    public record Outcome(
            String text, List<String> formats, int metrics, int triggers, int phases, List<Remark> remarks) {
        public long count(Remark.Kind kind) {
            return remarks.stream().filter(r -> r.kind() == kind).count();
        }
    }

    /** One document of a file, with whose it is. */
    record Source(String file, Given document) {}

    /**
     * @param files names and their texts, in order
     * @throws UnreadableException one of them can't be read; its message begins with the file's name
     */
    public static Outcome over(Map<String, String> files, Settings settings) throws UnreadableException {
        List<Source> sources = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            try {
                GivenText.documents(file.getValue())
                        .forEach(d -> parts(d).forEach(p -> sources.add(new Source(file.getKey(), p))));
            } catch (UnreadableException e) {
                throw new UnreadableException(
                        e.line(), file.getKey() + ":" + e.line() + ": " + e.getMessage(), e.fix());
            }
        }
        ContractDraft draft = new ContractDraft(settings.label());
        List<String> formats = new ArrayList<>();
        List<Source> unknown = new ArrayList<>(sources);
        for (Source source : sources) {
            Set<String> read = otherVersions(source.document());
            if (!read.isEmpty()) {
                unknown.remove(source);
                draft.file(source.file());
                draft.left(
                        source.document().at("apiVersion"),
                        "this version is not read, and may mean other things by the same words: "
                                + String.join(", ", new TreeSet<>(read)));
            }
        }
        for (ForeignReader reader : READERS) {
            List<Source> known =
                    unknown.stream().filter(s -> reader.knows(s.document())).toList();
            if (!known.isEmpty()) {
                formats.add(reader.format());
                unknown.removeAll(known);
                reader.read(known, draft);
            }
        }
        for (Source source : unknown) {
            if (source.document().isThere()) {
                draft.file(source.file());
                draft.left(source.document(), unknown(source.document(), formats));
            }
        }
        List<String> names = List.copyOf(files.keySet());
        String text = DraftText.write(draft, settings, draft.looking());
        return new Outcome(
                text,
                formats,
                draft.metrics().size(),
                draft.triggers().size(),
                draft.phases().size(),
                draft.remarks().stream()
                        .sorted(Comparator.comparing((Remark r) -> names.indexOf(r.file()))
                                .thenComparing(Remark::line))
                        .toList());
    }

    /** A list of documents, and Kubernetes' own kind of list, are the documents in it. */
    private static List<Given> parts(Given document) {
        boolean list = document.at("kind").peek().equals("List") && document.has("items");
        List<Given> items = list ? document.at("items").items() : document.items();
        return items.isEmpty() ? List.of(document) : items;
    }

    /** The versions that are read of a document's group, where its own is none of them; else empty. */
    private static Set<String> otherVersions(Given document) {
        String version = document.peekAt("apiVersion");
        return VERSIONS.entrySet().stream()
                .filter(v -> version.startsWith(v.getKey()) && !v.getValue().contains(version))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Set.of());
    }

    private static String unknown(Given document, List<String> formats) {
        String kind = document.at("kind").peek();
        return !kind.isEmpty() && document.has("apiVersion") && !formats.isEmpty()
                ? "its kind has no metric, threshold or phase that is read"
                : "no format that is known: "
                        + String.join(
                                ", ",
                                READERS.stream().map(ForeignReader::format).toList());
    }
}
