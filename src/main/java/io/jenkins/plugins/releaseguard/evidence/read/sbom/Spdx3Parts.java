// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.evidence.read.FormatException;
import io.jenkins.plugins.releaseguard.evidence.read.OwnTime;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the elements of an SPDX 3.0 document say (JSON-LD, the {@code @graph} of elements), as far as they have been read:
 * packages (Software profile) with {@code verifiedUsing}, {@code rootElement} of the document and of SBOMs, {@code CreationInfo}, and
 * relationships {@code hasConcludedLicense} and {@code hasDeclaredLicense} to the elements that {@link Spdx3Licences} reads. The concluded
 * licence counts, the declared one where nothing was concluded. Files and snippets are no components.
 */
final class Spdx3Parts {
    private static final Set<String> PACKAGES = Set.of("software_package", "ai_aipackage", "dataset_datasetpackage");
    private static final Set<String> DOCUMENTS = Set.of("spdxdocument", "software_sbom", "bom", "bundle");

    private record Package(String name, String version, Set<String> digests) {}

    private final Map<String, Package> packages = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    private final Map<String, List<String>> concluded = new HashMap<>();
    private final Map<String, List<String>> declared = new HashMap<>();
    private final Map<String, List<String>> roots = new HashMap<>();
    private final Map<String, OwnTime> times = new HashMap<>();
    private final Spdx3Licences licences = new Spdx3Licences();
    private String name = "";
    private String document = "";
    private String made = "";
    private String version = "";
    private int documents;

    void element(JsonNode element) throws FormatException {
        if (!element.isObject()) {
            throw new FormatException("no SPDX 3: an element is no object");
        }
        String type = first(element, "type", "@type").toLowerCase(Locale.ROOT);
        String id = first(element, "spdxId", "@id");
        if (PACKAGES.contains(type)) {
            pack(id, element);
        } else if (DOCUMENTS.contains(type)) {
            roots.put(id, ids(element.path("rootElement")));
            if (type.equals("spdxdocument")) {
                // "any instance of serialization … must not contain more than one" (Core, SpdxDocument): what is it of?
                if (++documents > 1) {
                    throw new FormatException(
                            "no SPDX 3: more than one SpdxDocument in the file, where the standard has one: write each into"
                                    + " a file of its own");
                }
                name = element.path("name").asText("");
                document = id;
                made = element.path("creationInfo").asText("");
            }
        } else if (type.equals("creationinfo")) {
            version = element.path("specVersion").asText(version);
            times.put(id, OwnTime.of("created", element.path("created").asText("")));
        } else if (type.endsWith("relationship")) {
            relationship(element);
        } else {
            licences.element(type, id, element);
        }
    }

    private void pack(String id, JsonNode element) {
        String number = element.path("software_packageVersion").asText("");
        Set<String> digests = new LinkedHashSet<>();
        for (JsonNode hash : element.path("verifiedUsing")) {
            SbomDigests.add(
                    hash.path("algorithm").asText(""), hash.path("hashValue").asText(""), digests);
        }
        SbomDigests.ofVersion(number, digests);
        String key = id.isEmpty() ? "\0" + order.size() : id;
        if (packages.put(key, new Package(element.path("name").asText(""), number, digests)) == null) {
            order.add(key);
        }
    }

    private void relationship(JsonNode element) {
        String type = element.path("relationshipType").asText("").toLowerCase(Locale.ROOT);
        boolean is = type.endsWith("hasconcludedlicense");
        if (is || type.endsWith("hasdeclaredlicense")) {
            (is ? concluded : declared)
                    .computeIfAbsent(element.path("from").asText(""), f -> new ArrayList<>(1))
                    .addAll(ids(element.path("to")));
        }
    }

    private static List<String> ids(JsonNode node) {
        List<String> ids = new ArrayList<>(1);
        if (node.isArray()) {
            node.forEach(each -> ids.add(each.asText("")));
        } else if (node.isTextual()) {
            ids.add(node.asText());
        }
        return ids;
    }

    static String first(JsonNode element, String... fields) {
        for (String field : fields) {
            String text = element.path(field).asText("");
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    Sbom sbom() throws FormatException {
        if (!version.startsWith("3.")) {
            throw new FormatException(
                    version.isEmpty()
                            ? "no SPDX 3: no CreationInfo says its specVersion"
                            : "SPDX " + Lines.bounded(version, 40) + " is not read, 2.2, 2.3 and 3.0 are");
        }
        Set<String> subjects = subjects();
        Set<String> digests = new LinkedHashSet<>();
        subjects.forEach(id -> digests.addAll(packages.get(id).digests()));
        boolean others = subjects.size() == 1 && packages.size() > 1;
        List<Sbom.Component> components = new ArrayList<>();
        for (String id : order) {
            if (!others || !subjects.contains(id)) {
                components.add(new Sbom.Component(named(packages.get(id)), of(id)));
            }
        }
        String of =
                subjects.size() == 1 ? named(packages.get(subjects.iterator().next())) : name;
        return new Sbom(of, digests, components, 0, times.getOrDefault(made, oldest()));
    }

    private static String named(Package pack) {
        return SbomDigests.named(pack.name(), pack.version());
    }

    /** The packages that the document, or an SBOM that it has as its root, is of. */
    private Set<String> subjects() {
        Set<String> seen = new HashSet<>();
        Set<String> found = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(document.isEmpty() ? roots.keySet() : List.of(document));
        while (!open.isEmpty()) {
            String id = open.remove(open.size() - 1);
            if (packages.containsKey(id)) {
                found.add(id);
            } else if (seen.add(id)) {
                open.addAll(roots.getOrDefault(id, List.of()));
            }
        }
        return found;
    }

    private OwnTime oldest() {
        return times.values().stream().reduce(OwnTime.NONE, OwnTime::earlier);
    }

    private List<String> of(String id) throws FormatException {
        List<String> said = licences.of(concluded.getOrDefault(id, List.of()));
        boolean nothing = said.isEmpty() || said.equals(List.of("NOASSERTION"));
        List<String> own = nothing ? licences.of(declared.getOrDefault(id, List.of())) : said;
        return own.isEmpty() ? said : own;
    }
}
