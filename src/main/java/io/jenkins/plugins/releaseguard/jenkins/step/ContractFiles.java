// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.jenkins.evidence.RevisionFiles;
import io.jenkins.plugins.releaseguard.jenkins.evidence.TrustedRevision;
import io.jenkins.plugins.releaseguard.jenkins.scope.Failures;
import io.jenkins.plugins.releaseguard.journal.ContractOrigin;
import io.jenkins.plugins.releaseguard.journal.ContractSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.support.concurrent.Timeout;

/**
 * Where a contract and what it includes are read: of a change that isn't trusted, in the revision that is trusted instead, as its
 * Jenkinsfile; otherwise in the workspace, or without one in the revision that is built.
 */
final class ContractFiles {
    private static final int MOST_BYTES = 1 << 20;
    private static final int SECONDS = 20;

    private final FilePath workspace;
    private final Optional<TrustedRevision> trusted;

    /** What was read in the workspace, by path. */
    private final Map<String, String> checkedOut = new LinkedHashMap<>();

    /** @param workspace null where the step stands in no node */
    ContractFiles(FilePath workspace, Run<?, ?> run, TaskListener listener) throws IOException, InterruptedException {
        this.workspace = workspace;
        this.trusted = TrustedRevision.of(run, listener);
    }

    /** A plain file; links that lead out are refused. */
    String read(String path) throws IOException, InterruptedException {
        if (path.startsWith("/")
                || path.contains("\\")
                || List.of(path.split("/")).contains("..")) {
            throw outside(path);
        }
        if (isForeign()) {
            return committed(path)
                    .orElseThrow(() -> new AbortException("The change "
                            + trusted.get().change() + " is not trusted, so that its own " + path
                            + " counts for nothing, and the revision "
                            + trusted.get().name()
                            + ", which is trusted instead, has no such file or can't be read without a checkout:"
                            + " bring the contract to the branch that the change is for first"));
        }
        if (workspace == null) {
            return committed(path)
                    .orElseThrow(() -> new AbortException("There is no workspace here to read " + path + " from, and "
                            + (trusted.flatMap(TrustedRevision::files).isPresent()
                                    ? "the revision that is built has no such file"
                                    : "the revision that is built can't be read without a checkout")
                            + ": run this inside node { }, or give contractText: readTrusted('" + path + "')"));
        }
        String text = checkedOut(path);
        checkedOut.put(path, text);
        return text;
    }

    /**
     * A text that the step has of its own. In the build of a change that isn't trusted it may be the change's, so that it must be what
     * the trusted revision has.
     *
     * @param path of the contract there
     */
    String allowed(String given, String path) throws IOException, InterruptedException {
        if (isForeign() && !isGivenFrom(read(path), given)) {
            throw new AbortException("The change " + trusted.get().change()
                    + " is not trusted, so that a contract as text counts only where it is the file " + path
                    + " of revision " + trusted.get().name()
                    + ", which is trusted instead, and this one is another text: take contractText out and name the"
                    + " file with contract:, which is read in that revision");
        }
        return given;
    }

    /** The step's own text comes without blanks and line ends around it, which the file may have. */
    private static boolean isGivenFrom(String file, String given) {
        return file.trim().equals(given.trim());
    }

    /** Whether a change is built that the source of the repository doesn't trust. */
    boolean isForeign() {
        return trusted.isPresent() && !trusted.get().isBuilt();
    }

    /**
     * Where all that was read came from. What was read in the workspace and is the same in the trusted revision came from there.
     *
     * @param given text that the step had of its own, null for none
     * @param path of the contract
     * @throws InterruptedException somebody else than our own limit ends the look: nothing may be begun
     */
    ContractOrigin origin(String given, String path) throws InterruptedException {
        if (trusted.isEmpty()) {
            return loose(given, "no revision of a multibranch project is built that it could be held against");
        }
        String foreign = isForeign() ? "the change " + trusted.get().change() + " itself is not trusted" : "";
        Map<String, String> all = new LinkedHashMap<>(checkedOut);
        if (given != null) {
            all.put(path, given);
        }
        // before the limit is set, so that it never ends a look earlier
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try (Timeout ignored = Timeout.limit(SECONDS, TimeUnit.SECONDS)) {
            for (Map.Entry<String, String> one : all.entrySet()) {
                Optional<String> there = committed(one.getKey());
                boolean isGiven = given != null && one.getKey().equals(path);
                if (there.isEmpty()
                        || !(isGiven
                                ? isGivenFrom(there.get(), given)
                                : there.get().equals(one.getValue()))) {
                    String differs = one.getKey() + (there.isEmpty() ? " is not to be had in" : " is another in")
                            + " revision " + trusted.get().name();
                    return loose(given, foreign.isEmpty() ? differs : foreign + ", and " + differs);
                }
            }
        } catch (IOException | RuntimeException e) {
            // taken from the thread, whose next call is not meant; a client's own time-out leaves none
            boolean interrupted = Thread.interrupted();
            if (System.nanoTime() - until >= 0) {
                // our own limit: what hangs must not end the release
                return loose(given, "the repository gave no answer in " + SECONDS + " s");
            }
            if (interrupted) {
                throw stopped(path, e);
            }
            return loose(given, "the repository can't be read: " + Failures.text(e));
        }
        String waits = !isForeign() && trusted.get().isChange()
                ? "the change " + trusted.get().change() + " is not merged yet"
                : foreign;
        return new ContractOrigin(ContractSource.REVISION, trusted.get().name(), waits);
    }

    private static InterruptedException stopped(String path, Exception cause) {
        InterruptedException stopped = new InterruptedException("interrupted while looking where " + path + " is from");
        stopped.initCause(cause);
        return stopped;
    }

    private ContractOrigin loose(String given, String detail) {
        boolean inWorkspace = !checkedOut.isEmpty();
        return new ContractOrigin(
                inWorkspace || given == null ? ContractSource.WORKSPACE : ContractSource.PIPELINE, "", detail);
    }

    private String checkedOut(String path) throws IOException, InterruptedException {
        FilePath file = workspace.child(path);
        if (!file.exists() || file.isDirectory()) {
            throw new AbortException("There is no file " + path
                    + " in the workspace: check the code out before, or name the file with contract:");
        }
        if (!workspace.isDescendant(path)) {
            throw outside(path);
        }
        try (InputStream in = file.read()) {
            return text(path, in);
        }
    }

    /** Empty where the trusted revision has no such file, or can't be read without a checkout. */
    private Optional<String> committed(String path) throws IOException {
        Optional<RevisionFiles> revision = trusted.flatMap(TrustedRevision::files);
        List<EvidenceFile> found = revision.isPresent() && !path.matches(".*[*?].*")
                ? revision.get().find(path)
                : List.of();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = found.get(0).open()) {
            return Optional.of(text(path, in));
        }
    }

    private static AbortException outside(String path) {
        return new AbortException("'" + path
                + "' does not stay inside the workspace: no absolute path, no '..' and no link out of it is followed");
    }

    private static String text(String path, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new AbortException(path + " is larger than 1 MiB");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AbortException(path + " is not UTF-8 text");
        }
    }
}
