// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.EnvironmentEntry;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The folder of a rehearsal: its journal, reports, and the contract as it was when the rehearsal began. */
record Site(Path folder) {
    private static final String CONTRACT = "release.yaml";

    Path journal() {
        return folder.resolve("journal.jsonl");
    }

    Path scratch() {
        return folder.resolve("workspace");
    }

    /** Where the contract lies, or lay. */
    Path contractFolder(Options options) {
        Path parent = Path.of(options.contract()).getParent();
        return parent != null && Files.isDirectory(parent) ? parent : folder;
    }

    /** The folder is made; one that already has a journal is refused, so that no record is written over. */
    void begin() throws IOException, UsageException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UsageException(folder + " is not a folder");
        }
        if (Files.exists(journal())) {
            throw new UsageException(folder + " already holds a release's journal: name another --out, or --resume it");
        }
        Files.createDirectories(folder);
    }

    /** Reads the contract and keeps a copy of its file. */
    Contract freeze(Options options) throws IOException, ContractException {
        Path file = Path.of(options.contract());
        Contract contract = Catalog.installed().reader().read(file, variables(options));
        Files.copy(file, folder.resolve(CONTRACT), StandardCopyOption.REPLACE_EXISTING);
        return contract;
    }

    /** The contract by its digest: from its own place while it is unchanged there, else from the copy. */
    Contract frozen(Options options, String sha256) throws ContractException, UsageException {
        for (Path file : List.of(Path.of(options.contract()), folder.resolve(CONTRACT))) {
            if (Files.exists(file)) {
                Contract contract = Catalog.installed().reader().read(file, variables(options));
                if (contract.sha256().equals(sha256)) {
                    return contract;
                }
            }
        }
        throw new UsageException("the contract is no longer the one that this rehearsal began with (SHA-256 " + sha256
                + "): begin a new one");
    }

    /** What a build would know. */
    static Variables variables(Options options) {
        Map<String, String> values = new HashMap<>(Map.of(
                "VERSION", "2.4.0",
                "GIT_COMMIT", "4f0c1d9be5a2c7e86a3f5d20917b8c64e1a7d035",
                "ARTIFACT_SHA256", Scratch.artifactSha256()));
        values.putAll(options.variables());
        return Variables.of(values);
    }

    /** Where the release goes: as asked, or to the protected environment, or to the last one. */
    static String environment(Contract contract, Options options) throws UsageException {
        List<EnvironmentEntry> environments = contract.entries(EnvironmentEntry.class);
        if (!options.environment().isEmpty()) {
            if (environments.stream().noneMatch(e -> e.name().equals(options.environment()))) {
                throw new UsageException("the contract has no environment '" + options.environment() + "', but "
                        + environments.stream().map(EnvironmentEntry::name).toList());
            }
            return options.environment();
        }
        return environments.stream()
                .filter(EnvironmentEntry::isProtected)
                .findFirst()
                .or(() -> environments.stream().reduce((first, second) -> second))
                .map(EnvironmentEntry::name)
                .orElse("production");
    }
}
