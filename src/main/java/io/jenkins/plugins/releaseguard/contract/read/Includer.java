// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.grammar.Cursor;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.schema.ContractShapes;
import io.jenkins.plugins.releaseguard.contract.schema.SpecCatalog;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * Reads the files that a contract includes. They are few, lie in the same repository and include nothing themselves.
 */
final class Includer {
    private static final int MOST = 20;
    private static final Pattern PATH = Pattern.compile("/?[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");

    private final String contract;
    private final Includes includes;
    private final SpecCatalog catalog;
    private final Scalars scalars;
    private final Problems problems;
    private final List<String> digests = new ArrayList<>();
    private int characters;

    Includer(String contract, Includes includes, SpecCatalog catalog, Scalars scalars, Problems problems) {
        this.contract = contract;
        this.includes = includes;
        this.catalog = catalog;
        this.scalars = scalars;
        this.problems = problems;
    }

    List<Settings> read(Settings main) {
        List<String> paths = main.texts("include");
        Position at = FieldValues.at(main, "include");
        if (paths.size() > MOST) {
            problems.error(
                    ReadRule.INCLUDE,
                    at,
                    paths.size() + " includes, the limit is " + MOST,
                    "put shared entries into fewer files");
            return List.of();
        }
        List<Settings> parts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String path : paths) {
            Settings part = seen.add(path) ? part(path, at) : twice(path, at);
            if (part != null) {
                parts.add(part);
            }
        }
        return parts;
    }

    private Settings twice(String path, Position at) {
        problems.error(ReadRule.INCLUDE, at, Cursor.shorten(path) + " is included twice", "name it once");
        return null;
    }

    private Settings part(String path, Position at) {
        if (!PATH.matcher(path).matches()) {
            problems.error(
                    ReadRule.INCLUDE,
                    at,
                    "'" + Cursor.shorten(path) + "' is no path that may be included",
                    "name a file below the contract's folder, shared/environments.yaml, or from the repository's root,"
                            + " /shared/environments.yaml; .. is refused");
            return null;
        }
        String text;
        try {
            text = includes.text(path);
        } catch (IOException e) {
            problems.error(
                    ReadRule.INCLUDE,
                    at,
                    path + " can't be included: " + e.getMessage(),
                    "name a regular file of the repository, at most 1 MiB of UTF-8 text");
            return null;
        }
        characters += text.length();
        if (characters > YamlText.MOST_CHARACTERS) {
            problems.error(
                    ReadRule.SIZE,
                    at,
                    "the included files have more than " + YamlText.MOST_CHARACTERS + " characters together",
                    "include less");
            return null;
        }
        digests.add(path + " " + Sha256.hex(text));
        String file = sibling(path);
        MappingNode root = YamlText.read(text, file, problems);
        return root == null
                ? null
                : new ShapeReader(file, catalog, scalars, problems)
                        .read(root, ContractShapes.INCLUDED, "the included file");
    }

    private String sibling(String path) {
        if (path.startsWith("/")) {
            return path.substring(1);
        }
        int slash = contract.lastIndexOf('/');
        return contract.substring(0, slash + 1) + path;
    }

    /**
     * The contract's own digest, or with includes the digest over it and theirs, so that a frozen contract is frozen
     * whole.
     */
    String digest(String own) {
        return digests.isEmpty() ? own : Sha256.hex(own + "\n" + String.join("\n", digests) + "\n");
    }
}
