// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.waiver;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.gate.FindingWaiver;
import io.jenkins.plugins.releaseguard.jenkins.scope.ServiceLedgers;
import io.jenkins.plugins.releaseguard.journal.AtomicFile;
import io.jenkins.plugins.releaseguard.journal.EventJson;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The waivers of one service and environment, in the controller's home where no build can write. A file that isn't understood to the
 * last field waives nothing.
 */
@Restricted(NoExternalUse.class)
public final class GivenWaivers {
    private static final Logger LOGGER = Logger.getLogger(GivenWaivers.class.getName());
    private static final int FORMAT = 1;
    private static final int MOST = 200;
    private static final ObjectMapper JSON =
            EventJson.mapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final String service;
    private final String environment;

    private GivenWaivers(String service, String environment) {
        this.service = service;
        this.environment = environment;
    }

    public static GivenWaivers of(String service, String environment) {
        return new GivenWaivers(service, environment);
    }

    private record Kept(int format, String service, String environment, List<FindingWaiver> waivers) {}

    private Path file() {
        return ServiceLedgers.root().resolve("waivers").resolve(Sha256.hex(service + '\n' + environment) + ".json");
    }

    /** Oldest first, those that have ended too. */
    public List<FindingWaiver> all() {
        try {
            return read();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "No waiver of " + service + " in " + environment + " counts: " + file());
            return List.of();
        }
    }

    private List<FindingWaiver> read() throws IOException {
        Path file = file();
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try {
            Kept kept = JSON.readValue(Files.readAllBytes(file), Kept.class);
            if (kept.format() == FORMAT
                    && service.equals(kept.service())
                    && environment.equals(kept.environment())
                    && kept.waivers() != null) {
                return List.copyOf(kept.waivers());
            }
        } catch (RuntimeException e) {
            throw new IOException("it is damaged", e);
        }
        throw new IOException("it is of another format, service or environment");
    }

    /**
     * Kept before it counts; the oldest go where there are too many.
     *
     * @throws IOException it can't be kept, as where those before it can't be read: they stay for whoever mends the file
     */
    public void add(FindingWaiver waiver) throws IOException {
        synchronized (GivenWaivers.class) {
            List<FindingWaiver> all = new ArrayList<>(readable());
            all.add(waiver);
            List<FindingWaiver> kept = all.subList(Math.max(0, all.size() - MOST), all.size());
            AtomicFile.write(
                    file(),
                    JSON.writerWithDefaultPrettyPrinter()
                            .writeValueAsBytes(new Kept(FORMAT, service, environment, kept)));
        }
    }

    private List<FindingWaiver> readable() throws IOException {
        try {
            return read();
        } catch (IOException e) {
            throw new IOException(
                    "the waivers given before can't be read, so nothing is added to them; mend or move release-guard/waivers/"
                            + file().getFileName() + " in the controller's home",
                    e);
        }
    }
}
