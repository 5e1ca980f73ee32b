// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rollback;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.read.ContractReader;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.effect.router.RecordedRouter;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.report.ReportFiles;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The folder of a release that hasn't ended, as Jenkins keeps it below {@code release-guard/open}. */
final class OpenRecord {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the contract's names stood for when it was read. */
    Map<String, String> variables() {
        return info.variables() == null ? Map.of() : info.variables();
    }

    /** As far as it is needed here; see the plugin's own. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Info(
            String id,
            String environment,
            String contractFile,
            Map<String, String> variables,
            Map<String, String> includes,
            Boolean enclosed,
            boolean observe) {}

    private final Path folder;
    private final Info info;
    private final Contract contract;

    private OpenRecord(Path folder, Info info, Contract contract) {
        this.folder = folder;
        this.info = info;
        this.contract = contract;
    }

    /**
     * Reads it. Kinds of checks and actions that are not installed here are left out: the traffic must go back all the same.
     *
     * @throws IOException what is missing, or can't be read
     */
    static OpenRecord read(Path folder) throws IOException, ContractException {
        Path record = folder.resolve("record.json");
        if (!Files.isRegularFile(record)) {
            throw new IOException(folder + " holds no record.json: name the folder of an open release, which stands in"
                    + " release-guard/open below Jenkins' home");
        }
        Info info = JSON.readValue(record.toFile(), Info.class);
        return new OpenRecord(folder, info, contract(folder, info));
    }

    private static Contract contract(Path folder, Info info) throws IOException, ContractException {
        Path frozen = folder.resolve("contract.yaml");
        String text;
        try {
            text = Files.readString(frozen);
        } catch (CharacterCodingException e) {
            throw new IOException(frozen + " is not UTF-8 text", e);
        }
        ContractReader reader = Catalog.installed().reader();
        try {
            return parse(reader, text, info);
        } catch (ContractException e) {
            return parse(reader.withKindsGone(), text, info);
        }
    }

    private static Contract parse(ContractReader reader, String text, Info info) throws ContractException {
        Map<String, String> variables = info.variables() == null ? Map.of() : info.variables();
        Map<String, String> includes = info.includes() == null ? Map.of() : info.includes();
        return reader.parse(text, info.contractFile(), new Variables(variables, Set.of()), path -> {
            if (!includes.containsKey(path)) {
                throw new IOException("it isn't in the record");
            }
            return includes.get(path);
        });
    }

    Path folder() {
        return folder;
    }

    Path journal() {
        return folder.resolve(ReportFiles.JOURNAL);
    }

    String id() {
        return info.id();
    }

    String environment() {
        return info.environment();
    }

    Contract contract() {
        return contract;
    }

    /** Whether anything can have moved: the rollout has been armed, and acts. */
    boolean mayHaveMoved() {
        return info.enclosed() != null && !info.observe();
    }

    /** The rollout as the plugin plans it. */
    Plan plan() {
        return Plans.of(
                contract,
                info.environment(),
                PlanOptions.ofPipeline(contract, Boolean.TRUE.equals(info.enclosed()), info.observe()));
    }

    List<Stamped> events() throws IOException {
        return JournalReader.read(journal()).events();
    }

    /** Where the routers stand, by id; those that the record knows. */
    Map<String, RecordedRouter> routers() throws IOException {
        Path file = folder.resolve(RecordedRouter.FILE);
        return Files.exists(file)
                ? JSON.readValue(file.toFile(), new TypeReference<LinkedHashMap<String, RecordedRouter>>() {})
                : Map.of();
    }
}
