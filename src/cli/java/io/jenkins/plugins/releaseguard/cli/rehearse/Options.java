// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a rehearsal was asked for; kept beside its journal, so that it can go on after a restart.
 *
 * @param speed 0 for the usual one
 * @param environment empty for the contract's protected or last one
 * @param approve whether the rehearsal's person signs
 * @param chaos the seed of what else goes wrong; null for nothing
 * @param exports the only names that the services export; null for those that the contract asks for
 */
record Options(
        String contract,
        String scenario,
        double speed,
        String environment,
        boolean approve,
        Map<String, String> variables,
        Long chaos,
        List<String> exports) {
    private static final String FILE = "rehearsal.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    Scenario what() {
        return Scenario.of(scenario).orElseThrow();
    }

    Options withSpeed(double value) {
        return new Options(contract, scenario, value, environment, approve, variables, chaos, exports);
    }

    void write(Path folder) throws IOException {
        Files.write(folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }

    /** @throws UsageException when nothing was begun there */
    static Options read(Path folder) throws IOException, UsageException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            throw new UsageException("nothing to resume in " + folder + ": it has no " + FILE);
        }
        try {
            Options options = JSON.readValue(file.toFile(), Options.class);
            if (options.scenario() == null || Scenario.of(options.scenario()).isEmpty() || !(options.speed() > 0)) {
                throw new UsageException(file + " is not what a rehearsal wrote");
            }
            return options;
        } catch (JsonProcessingException e) {
            throw new UsageException(file + " is not what a rehearsal wrote: " + e.getOriginalMessage());
        }
    }
}
