// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.choice;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.MAP;
import static io.jenkins.plugins.releaseguard.contract.schema.Reference.ENVIRONMENT;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.EnvironmentEntry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.evidence.check.source.FilesRead;
import io.jenkins.plugins.releaseguard.evidence.read.ConfigReader;
import io.jenkins.plugins.releaseguard.text.Glob;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Two environments have the same configuration keys; values are compared by digest, and only where asked. No value is shown. */
public final class ParityCheck implements Check {
    private static final SpecKind KIND = SpecKind.check(
                    "parity",
                    "Two environments have the same configuration keys and versions; values are compared by"
                            + " digest.")
            .main(list("between", "the names of two environments of the contract")
                    .must()
                    .references(ENVIRONMENT)
                    .items(2))
            .fields(
                    Field.of("files", MAP, "configuration file of each environment; else the contract's own keys"),
                    choice("format", List.of("auto", "env", "properties", "yaml", "json"), "the files' format")
                            .standard("auto"),
                    list("equal", "keys or patterns whose values must be equal too, such as versions"),
                    list("ignore", "keys or patterns that may differ"));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        List<String> between = settings.texts("between");
        Finding.Builder found = Finding.now(context);
        if (between.size() != 2 || between.get(0).equals(between.get(1))) {
            return found.unknown("the check compares two environments", "name two environments under between");
        }
        FilesRead sighting = new FilesRead();
        Map<String, String> one = digests(between.get(0), settings, context, sighting);
        Map<String, String> other = digests(between.get(1), settings, context, sighting);
        sighting.into(found.looked(between.get(0) + " and " + between.get(1))).limit("0 differences");
        if (one.isEmpty() || other.isEmpty()) {
            return found.unknown(
                    (one.isEmpty() ? between.get(0) : between.get(1)) + " has no configuration to compare",
                    "list its configuration in the contract, or name its file under files");
        }
        String idle = idle(one, other, settings);
        if (!idle.isEmpty()) {
            return found.unknown(idle, "name keys that are there, and compare at least one");
        }
        List<String> differences = differences(one, other, settings, between);
        found.value(Quantity.count(differences.size(), "difference"));
        return differences.isEmpty()
                ? found.pass(Quantity.count(one.size(), "key") + " in both environments")
                : found.fail(Lines.some(differences), "add the missing keys, or list under ignore what may differ");
    }

    /** A word that no key has, or patterns that leave none, would compare nothing; empty where something is compared. */
    private static String idle(Map<String, String> one, Map<String, String> other, Settings settings) {
        TreeSet<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        for (String pattern : settings.texts("equal")) {
            if (keys.stream().noneMatch(key -> Glob.any(List.of(pattern), key))) {
                return "equal names " + pattern + ", which neither environment has";
            }
            if (keys.stream()
                    .filter(key -> Glob.any(List.of(pattern), key))
                    .allMatch(key -> Glob.any(settings.texts("ignore"), key))) {
                return "what equal names as " + pattern + " is all ignored";
            }
        }
        return keys.stream().allMatch(key -> Glob.any(settings.texts("ignore"), key))
                ? "every key is ignored, so that nothing is compared"
                : "";
    }

    private static List<String> differences(
            Map<String, String> one, Map<String, String> other, Settings settings, List<String> between) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        for (String key : keys) {
            if (Glob.any(settings.texts("ignore"), key)) {
                continue;
            }
            if (!one.containsKey(key) || !other.containsKey(key)) {
                differences.add(key + " is missing in " + (one.containsKey(key) ? between.get(1) : between.get(0)));
            } else if (Glob.any(settings.texts("equal"), key)
                    && !MessageDigest.isEqual(bytes(one.get(key)), bytes(other.get(key)))) {
                differences.add(key + " differs");
            }
        }
        return differences;
    }

    /** Keys and the digests of their values: from here on no value is in memory. */
    private static Map<String, String> digests(
            String environment, Settings settings, CheckContext context, FilesRead sighting) throws IOException {
        Map<String, String> values;
        String path = settings.map("files").getOrDefault(environment, "");
        if (!path.isEmpty()) {
            EvidenceFile file = FilesRead.one(context.files(), path);
            String text = sighting.text(file);
            try {
                values = ConfigReader.read(file.path(), settings.text("format"), text);
            } catch (IOException e) {
                throw new IOException("'" + path + "': " + e.getMessage(), e);
            }
        } else {
            values = context.contract()
                    .environment(environment)
                    .map(EnvironmentEntry::configuration)
                    .orElseThrow(() -> new UnavailableException(
                            "the contract has no environment '" + environment + "'",
                            "add it as an Environment entry, name another, or give files"));
        }
        Map<String, String> digests = new TreeMap<>();
        values.forEach((key, value) -> digests.put(key, Sha256.hex(bytes(value))));
        return digests;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
