// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Promote;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.schema.ContractShapes;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.FieldType;
import io.jenkins.plugins.releaseguard.contract.schema.Shape;
import io.jenkins.plugins.releaseguard.contract.schema.SpecCatalog;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * Reads a release contract. Whatever is wrong with it comes back as one {@link ContractException} with every problem
 * in it;
 * what is merely worth knowing stands in {@link Contract#notes}.
 */
public final class ContractReader {
    private final SpecCatalog catalog;
    private final Promote promote;

    /**
     * @param catalog the kinds of checks and actions that contracts may name
     * @throws IllegalArgumentException a standard value that one of them declares can't be read
     */
    public ContractReader(SpecCatalog catalog) {
        this(catalog, RolloutSpec.USUAL_PROMOTE);
    }

    private ContractReader(SpecCatalog catalog, Promote promote) {
        this.catalog = catalog;
        this.promote = promote;
        catalog.checks().values().forEach(ContractReader::requireReadable);
        catalog.actions().values().forEach(ContractReader::requireReadable);
    }

    /** Told when the kind is taken in, and not at the first contract that relies on it. */
    private static void requireReadable(SpecKind kind) {
        for (Field field : kind.own().fields()) {
            if (!field.standard().isEmpty()) {
                try {
                    ShapeReader.standard(field);
                } catch (IllegalStateException e) {
                    throw new IllegalArgumentException("the " + kind + ": " + e.getMessage(), e);
                }
            }
        }
    }

    /**
     * A reader of contracts that were read before, when more was installed, or by a version that took more words: a check or an
     * action of a kind that is gone is no error, and what it was for can't be done; a word that nothing carries out is none; who must
     * sign may come from a value.
     */
    public ContractReader withKindsGone() {
        return new ContractReader(catalog.open(), promote);
    }

    /** A reader of contracts that were read before, when those that don't say by which rule phases are left meant this one. */
    public ContractReader withUsual(Promote rule) {
        return new ContractReader(catalog, rule);
    }

    /** The kinds of checks and actions that contracts may name. */
    public SpecCatalog catalog() {
        return catalog;
    }

    /**
     * Reads a file; it may include others of the same repository. {@code .md} and {@code .txt} are plain-text
     * entries.
     */
    public Contract read(Path file, Variables variables) throws ContractException {
        String name = file.toString();
        Problems problems = new Problems();
        String text = text(file, name, problems);
        problems.throwIfErrors();
        return parse(text, name, variables, Includes.around(file));
    }

    /** Reads a text that may not include others; {@code fileName} is how messages call it. */
    public Contract parse(String text, String fileName, Variables variables) throws ContractException {
        return parse(text, fileName, variables, Includes.NONE);
    }

    /** Reads a text whose includes come from where {@code includes} says. */
    public Contract parse(String text, String fileName, Variables variables, Includes includes)
            throws ContractException {
        Problems problems = new Problems(catalog.isOpen());
        Scalars scalars = new Scalars(variables, problems);
        Settings main = fileName.endsWith(".md") || fileName.endsWith(".txt")
                ? new TextContract(fileName, catalog, scalars, problems).read(text)
                : yaml(text, fileName, scalars, problems);
        List<Settings> parts = new ArrayList<>();
        parts.add(main);
        Includer includer = new Includer(fileName, includes, catalog, scalars, problems);
        parts.addAll(includer.read(main));
        new Bounds(problems).check(parts);
        Contract contract =
                new ContractAssembler(problems, promote).contract(fileName, includer.digest(Sha256.hex(text)), parts);
        problems.throwIfErrors();
        return contract;
    }

    private Settings yaml(String text, String fileName, Scalars scalars, Problems problems) throws ContractException {
        MappingNode root = YamlText.read(text, fileName, problems);
        if (root == null) {
            throw new ContractException(problems.sorted());
        }
        return new ShapeReader(fileName, catalog, scalars, problems)
                .read(root, ContractShapes.CONTRACT, "the contract");
    }

    /** Reads one check as it would stand under {@code verify}, for tests and tools: {@code http: {url: …}}. */
    public CheckSpec parseCheck(String yaml) throws ContractException {
        Settings s = snippet("verify", FieldType.CHECKS, yaml);
        return FieldValues.<List<CheckSpec>>get(s, "verify").get(0);
    }

    /** Reads one action as it would stand in a procedure: {@code traffic: 0}. */
    public ActionSpec parseAction(String yaml) throws ContractException {
        Settings s = snippet("procedure", FieldType.ACTIONS, "[{" + yaml + "}]");
        return FieldValues.<List<ActionSpec>>get(s, "procedure").get(0);
    }

    private Settings snippet(String key, FieldType type, String yaml) throws ContractException {
        Problems problems = new Problems();
        String value = type == FieldType.CHECKS ? "{" + yaml + "}" : yaml;
        MappingNode root = YamlText.read(key + ": " + value, "snippet", problems);
        problems.throwIfErrors();
        Shape shape = Shape.of("snippet", "", Field.of(key, type, "").must());
        Settings settings = new ShapeReader("snippet", catalog, new Scalars(Variables.none(), problems), problems)
                .read(root, shape, "the snippet");
        problems.throwIfErrors();
        return settings;
    }

    private static String text(Path file, String name, Problems problems) {
        Position start = new Position(name, 1, 1);
        String fix = "name the contract's file, usually release.yaml at the repository's root";
        if (Files.isSymbolicLink(file)) {
            problems.error(ReadRule.MISSING, start, "this is a symbolic link", "name the file that it leads to");
        } else if (!Files.exists(file)) {
            problems.error(ReadRule.MISSING, start, "there is no such file", fix);
        } else if (Files.isDirectory(file)) {
            problems.error(
                    ReadRule.MISSING,
                    start,
                    "this is a folder",
                    "name the file in it: " + file.resolve("release.yaml"));
        } else if (!Files.isRegularFile(file)) {
            problems.error(ReadRule.MISSING, start, "this is not a regular file", fix);
        } else {
            try {
                return Includes.read(file);
            } catch (AccessDeniedException e) {
                problems.error(ReadRule.MISSING, start, "access to the file is denied", "let this user read it");
            } catch (IOException e) {
                problems.error(
                        ReadRule.SIZE,
                        start,
                        "the file can't be read: " + e.getMessage(),
                        "save it as UTF-8 text of at most 1 MiB");
            }
        }
        return "";
    }
}
