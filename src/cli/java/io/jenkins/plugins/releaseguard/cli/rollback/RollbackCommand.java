// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rollback;

import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.effect.router.HaproxySettings;
import io.jenkins.plugins.releaseguard.effect.router.RecordedRouter;
import io.jenkins.plugins.releaseguard.http.AllowedAddresses;
import io.jenkins.plugins.releaseguard.http.Endpoint;
import io.jenkins.plugins.releaseguard.http.HttpCalls;
import io.jenkins.plugins.releaseguard.http.OkHttpCalls;
import io.jenkins.plugins.releaseguard.http.SharedClient;
import io.jenkins.plugins.releaseguard.journal.FolderLock;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code release-guard rollback}. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        sortOptions = false,
        description = {
            "Carries out the way back of a release that hasn't ended, where Jenkins is gone: traffic to 0, read back"
                    + " until it is confirmed, and what of the procedure can be done from here.",
            "It goes on until it is confirmed or interrupted, and can be called again. What it did stands in the"
                    + " record, which Jenkins takes up, seals and archives when it is back. Where the record can't be"
                    + " written this is said, and the traffic goes back all the same."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:the last good version has all traffic, confirmed, and the procedure is done; or nothing had moved",
            " 1:nothing was done: the record can't be read, its router is not known, or somebody else is at work on it",
            " 2:wrong usage",
            "10:confirmed, but part of the procedure is to be done by hand: it is said which",
            "11:not confirmed: --for is over, or only people can move the traffic",
            "130 or 143:interrupted; it is said whether it was confirmed"
        })
public final class RollbackCommand implements Callable<Integer> {
    private static final Logger OURS = Logger.getLogger("io.jenkins.plugins.releaseguard");

    private static final long MOST_BYTES = 1 << 20;

    private static final int UNREADABLE = 1;

    private static final int TRIES = 15;
    private static final Duration BETWEEN = Duration.ofMillis(200);

    @Parameters(
            paramLabel = "RECORD",
            description = "The release's folder, in release-guard/open below Jenkins' home, or a copy of it.")
    private Path folder;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "rolled back by hand, without Jenkins",
            description = "Why; it stands in the record.")
    private String reason;

    @Option(names = "--by", paramLabel = "NAME", description = "Who; without it, the user of this shell.")
    private String by = System.getProperty("user.name");

    @Option(
            names = "--haproxy",
            paramLabel = "ADDRESS",
            description =
                    "The rollout's router, where the record doesn't know it or it has moved: host:port of HAProxy's"
                            + " runtime API, or its socket. With --backend and --canary.")
    private String address;

    @Option(names = "--backend", paramLabel = "NAME", description = "HAProxy's backend.")
    private String backend;

    @Option(names = "--canary", paramLabel = "SERVER", split = ",", description = "The new version's servers.")
    private List<String> canary = List.of();

    @Option(
            names = "--baseline",
            paramLabel = "SERVER",
            split = ",",
            description = "The old version's servers. Without it, all others.")
    private List<String> baseline = List.of();

    @Option(
            names = "--endpoint",
            paramLabel = "ID=URL",
            description = "Where an endpoint of the procedure is. Its token, or user:password, is asked for.")
    private Map<String, String> endpoints = new LinkedHashMap<>();

    @Option(
            names = "--allow",
            paramLabel = "URL",
            description = "An address that the procedure may call bare, with what is below it.")
    private List<String> allowed = List.of();

    @Option(
            names = "--credentials-fd",
            paramLabel = "N",
            description =
                    "Read lines ENDPOINT=TOKEN or ENDPOINT=USER:PASSWORD from this file descriptor instead of asking,"
                            + " as in: --credentials-fd 3 3<file.")
    private Integer descriptor;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "Run the procedure's commands in this folder. Without it they are left to you.")
    private Path workspace;

    @Option(
            names = "--for",
            paramLabel = "SECONDS",
            description = "Give up after this long. Without it, it goes on until it is confirmed or interrupted.")
    private Integer seconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Level level = OURS.getLevel();
        // what fails stands in its event's line; traces between them help nobody who is on call
        OURS.setLevel(Level.OFF);
        try {
            return perform(OpenRecord.read(folder.toAbsolutePath().normalize()));
        } catch (IOException e) {
            err.println(Shown.line("The record can't be used: " + e.getMessage()));
        } catch (ContractException e) {
            err.println(Shown.line("The record's contract can't be read: " + e.getMessage()));
        } finally {
            OURS.setLevel(level);
            err.flush();
        }
        return UNREADABLE;
    }

    private int perform(OpenRecord record) throws IOException, InterruptedException {
        Map<String, RecordedRouter> routers = routers(record);
        Path parent = record.folder().getParent();
        Path all = parent == null ? record.folder() : parent;
        Optional<FolderLock> lock;
        try {
            lock = lock(all);
        } catch (IOException e) {
            // of a folder that can't be written nobody is kept from going back, and with it nobody tears a record
            PrintWriter err = spec.commandLine().getErr();
            err.println(
                    "The records in " + all + " can't be locked. Where Jenkins still runs, stop it: it would not know"
                            + " of this, and go on.");
            err.flush();
            return perform(record, routers, () -> HandJournal.unwritten(e.toString()));
        }
        if (lock.isEmpty()) {
            throw new IOException("Jenkins, or another rollback, is at work on the records in " + all
                    + ". Press 'Roll back now' on the release's page. Only if Jenkins hangs: stop it, then call this"
                    + " again; two writers would tear the record");
        }
        try {
            return perform(record, routers, () -> HandJournal.open(record.journal()));
        } finally {
            lock.get().close();
        }
    }

    /** A Jenkins that was killed this instant lets go in the next. */
    private static Optional<FolderLock> lock(Path folder) throws IOException, InterruptedException {
        Optional<FolderLock> lock = FolderLock.take(folder);
        for (int tries = 0; lock.isEmpty() && tries < TRIES; tries++) {
            Thread.sleep(BETWEEN.toMillis());
            lock = FolderLock.take(folder);
        }
        return lock;
    }

    private int perform(OpenRecord record, Map<String, RecordedRouter> routers, Supplier<HandJournal> journals)
            throws IOException, InterruptedException {
        OnCallSecrets secrets = secrets();
        try {
            ByHand hand = new ByHand(record, routers, http(secrets), workspace);
            PrintWriter out = spec.commandLine().getOut();
            return new WayBack(record, hand, journals, out)
                    .go(by, reason, seconds == null ? null : Duration.ofSeconds(seconds))
                    .status();
        } finally {
            secrets.clear();
        }
    }

    private Map<String, RecordedRouter> routers(OpenRecord record) throws IOException {
        Map<String, RecordedRouter> routers = new LinkedHashMap<>(record.routers());
        if (address != null) {
            if (backend == null || canary.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "--haproxy goes with --backend and --canary");
            }
            try {
                routers.put(
                        record.contract().rollout().router(),
                        RecordedRouter.of(HaproxySettings.of(address, backend, canary, baseline)));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage());
            }
        }
        return routers;
    }

    private OnCallSecrets secrets() {
        if (descriptor == null) {
            return OnCallSecrets.fromPrompt(endpoints.keySet());
        }
        try {
            return OnCallSecrets.fromDescriptor(descriptor, endpoints.keySet());
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--credentials-fd " + descriptor + ": " + e.getMessage());
        }
    }

    private HttpCalls http(OnCallSecrets secrets) {
        try {
            return new OkHttpCalls(
                    SharedClient.get(),
                    new AllowedAddresses(allowed),
                    id -> Optional.ofNullable(endpoints.get(id))
                            .map(base -> new Endpoint(base, () -> secrets.headers(id))),
                    MOST_BYTES);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--allow: " + e.getMessage());
        }
    }
}
