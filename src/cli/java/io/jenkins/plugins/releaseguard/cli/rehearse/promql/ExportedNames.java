// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Family.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that a page of metrics has, in Prometheus' text format ("Exposition formats"): what a service really exports, whatever a
 * contract asks for. Only names are taken; what is counted under them is the rehearsal's.
 */
public final class ExportedNames {
    private static final int LARGEST_PAGE = 8 * 1024 * 1024;

    /** A rehearsal keeps the history of each in memory. */
    private static final int MOST = 300;

    private static final Pattern NAME = Pattern.compile("[ \\t]*+([a-zA-Z_:][a-zA-Z0-9_:]*+)[ \\t]*+[{0-9+.NI-]");

    /** Numbers of a histogram's or a summary's that would have to fit others. */
    private static final Set<String> PARTS = Set.of("_sum", "_count", "_created");

    private ExportedNames() {}

    /**
     * @return each once, in their order, at most 300
     * @throws IOException it can't be read, or is no such page; the message is a sentence
     */
    public static List<String> of(Path page) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(page)) {
            bytes = in.readNBytes(LARGEST_PAGE + 1);
        }
        if (bytes.length > LARGEST_PAGE) {
            throw new IOException(page + " is larger than 8 MB: take the page of one instance");
        }
        Set<String> names = new LinkedHashSet<>();
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
            Matcher name = NAME.matcher(line);
            if (names.size() < MOST && name.lookingAt()) {
                names.add(name.group(1));
            }
        }
        if (names.isEmpty()) {
            throw new IOException(
                    page + " has no metric in Prometheus' text format: take what the service's /metrics says");
        }
        return List.copyOf(names);
    }

    /**
     * The families that are exported under these names and no other: those that the contract asks for as it asks for them, others as
     * services usually label them.
     */
    static List<Family> families(List<Family> asked, List<String> names) {
        List<Family> families = new ArrayList<>();
        for (String name : names) {
            Family known = asked.stream()
                    .filter(family -> family.name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (known != null) {
                families.add(known);
            } else if (PARTS.stream().noneMatch(name::endsWith)) {
                families.add(new Family(name, kind(name), Map.of(), Map.of("track", "$track"), Map.of(), 1));
            }
        }
        return families;
    }

    private static Kind kind(String name) {
        return name.endsWith("_total") ? Kind.REQUESTS : name.endsWith("_bucket") ? Kind.BUCKETS : Kind.IN_FLIGHT;
    }
}
