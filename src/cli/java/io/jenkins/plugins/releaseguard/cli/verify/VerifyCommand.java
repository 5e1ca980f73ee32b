// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.verify;

import io.jenkins.plugins.releaseguard.ledger.EntryProof;
import io.jenkins.plugins.releaseguard.ledger.Ledger;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import io.jenkins.plugins.releaseguard.ledger.SealKey;
import io.jenkins.plugins.releaseguard.report.Trust;
import io.jenkins.plugins.releaseguard.report.Verification;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Exit status: 0 intact, 1 altered, 2 nothing to check, 3 not what was asked for could be told. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the chain and the seal of a release's folder, and says what that proves.",
            "By themselves the files only prove that they fit together: whoever can write them can make all of them"
                    + " anew. --seal, --entry and --key hold them against what is known from elsewhere."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:intact: nothing differs from what was sealed, nor from what it was held against",
            "1:altered; the file, and the line where it is known, are named",
            "2:usage, or no journal or report there",
            "3:unproven: nothing differs, but no key or another signed what the key was given for"
        })
public final class VerifyCommand implements Callable<Integer> {
    private static final int INTACT = 0;
    private static final int ALTERED = 1;
    private static final int NOTHING = 2;
    private static final int UNPROVEN = 3;

    @Parameters(paramLabel = "DIR", description = "The folder that holds journal.jsonl and report.json.")
    private Path folder;

    @Option(
            names = "--seal",
            paramLabel = "SEAL",
            description =
                    "The release's seal as it is known from elsewhere: from the service's ledger, the build's page or"
                            + " its api/json. 64 hexadecimal digits.")
    private String seal;

    @Option(
            names = "--entry",
            paramLabel = "FILE",
            description = "The release's file of the service's ledger. Its own seal is checked, and what it says held"
                    + " against the folder.")
    private Path entry;

    @ArgGroup
    private KeySource source = new KeySource();

    /** Never an argument or a variable of the environment, which other processes can read. */
    static final class KeySource {
        @Option(names = "--key", description = "Ask for the controller's key at the terminal, to check signatures.")
        private boolean asked;

        @Option(
                names = "--key-fd",
                paramLabel = "N",
                description = "Read that key from this file descriptor, as in:"
                        + " --key-fd 3 3<secrets/release-guard.seal.key.")
        private Integer descriptor;
    }

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (seal != null && !seal.strip().toLowerCase(Locale.ROOT).matches("[0-9a-f]{64}")) {
            throw new ParameterException(
                    spec.commandLine(), "--seal takes the 64 hexadecimal digits of a seal, as verify prints them");
        }
        SealKey key = key();
        if (!Files.isDirectory(folder)) {
            err.println(
                    Shown.line(folder + " is no folder. Name the folder that holds journal.jsonl and report.json."));
            return NOTHING;
        }
        try {
            return said(check(key));
        } catch (NoSuchFileException e) {
            err.println(Shown.line(e.getMessage()) + " is missing: nothing to check.");
        } catch (IOException e) {
            err.println(Shown.line("cannot be read: " + e.getMessage()));
        }
        err.flush();
        return NOTHING;
    }

    private Verification check(SealKey key) throws IOException {
        LedgerEntry known = null;
        EntryProof proof = null;
        if (entry != null) {
            known = Ledger.entry(entry);
            proof = EntryProof.of(known, key);
            if (proof.level() == EntryProof.Level.ALTERED) {
                return Verification.altered(Objects.toString(entry.getFileName(), "the entry"), 0, proof.reason());
            }
        }
        String expected = seal == null ? null : seal.strip().toLowerCase(Locale.ROOT);
        Verification found = Verification.verify(folder, new Trust(expected, "the one given with --seal", key, known));
        return proof == null ? found : found.with(proof.holds(), "the entry of the ledger " + proof.reason());
    }

    private int said(Verification found) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(Shown.line(found.outcome().name().toLowerCase(Locale.ROOT) + ": " + found.message()));
        found.proven().forEach(sentence -> out.println(Shown.line("  proven: " + sentence)));
        found.unproven().forEach(sentence -> out.println(Shown.line("  not proven: " + sentence)));
        out.flush();
        return switch (found.outcome()) {
            case INTACT -> INTACT;
            case ALTERED -> ALTERED;
            case UNPROVEN -> UNPROVEN;
        };
    }

    private SealKey key() {
        try {
            if (source.descriptor != null) {
                return GivenKey.fromDescriptor(source.descriptor);
            }
            return source.asked ? GivenKey.fromPrompt() : null;
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    (source.asked ? "--key: " : "--key-fd " + source.descriptor + ": ") + e.getMessage());
        }
    }
}
