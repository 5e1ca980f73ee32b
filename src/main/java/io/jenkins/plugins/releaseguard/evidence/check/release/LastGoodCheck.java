// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.release;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.BOOLEAN;

import io.jenkins.plugins.releaseguard.contract.Artifact;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFiles;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.PastRelease;
import io.jenkins.plugins.releaseguard.evidence.check.source.FilesRead;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the environment runs now could be deployed again: its very artifacts are in the archive of the build that promoted them. */
public final class LastGoodCheck implements Check {
    private static final SpecKind KIND = SpecKind.check(
                    "lastGood",
                    "The artifacts of the last version promoted here are still to be had, digest by digest.")
            .fields(
                    list("files", "where the promoting build archived them; else the paths of release.artifacts"),
                    Field.of("first", BOOLEAN, "no version was promoted here before, and that is known")
                            .standard("no"));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    /** Builds are discarded at night. */
    @Override
    public Duration maxAge(CheckSpec spec) {
        return Duration.ofDays(1);
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        String where = context.environment();
        Finding.Builder found = Finding.now(context)
                .looked("sealed reports of " + where)
                .from(Origin.LEDGER)
                .limit("archived");
        Optional<PastRelease> last = context.ledger().releases(where).stream()
                .filter(release -> release.verdict() == ReleaseOutcome.PROMOTED)
                .findFirst();
        if (last.isEmpty()) {
            found.value("none");
            return spec.settings().flag("first")
                    ? found.pass(
                            "the first release to " + where + ", as the contract says: there is none to go back to")
                    : found.fail(
                            "no version was promoted in " + where + " before, so there is none to go back to",
                            "if this is the first release there, say first: yes, until it is done");
        }
        PastRelease release = last.get();
        String what = release.version() + ", promoted by " + release.build() + ",";
        if (!release.intact()) {
            return found.unknown(
                    "the record of " + what + " is not intact: " + release.doubt(),
                    "find out who changed it, or release to " + where + " again");
        }
        if (release.artifacts().isEmpty()) {
            return found.unknown(
                    "the record of " + what + " names no artifact", "name release.artifacts with file and sha256");
        }
        return archived(release, what, patterns(spec, context), context, found);
    }

    private static Finding archived(
            PastRelease release, String what, List<String> patterns, CheckContext context, Finding.Builder found)
            throws IOException {
        if (patterns.isEmpty()) {
            return found.unknown(
                    "nothing says which files of " + release.build() + " they are", "name them under files");
        }
        String again =
                "keep the build, and archive its artifacts where it promotes them (archiveArtifacts); or restore "
                        + "the file, and release to " + context.environment() + " with its archive once";
        EvidenceFiles archive = context.filesOf(nameOf(release));
        FilesRead read = new FilesRead();
        Set<String> missing = new HashSet<>(release.artifacts());
        Set<String> seen = new HashSet<>();
        for (String pattern : patterns) {
            for (EvidenceFile file : archive.find(pattern)) {
                if (seen.add(file.path())) {
                    missing.remove(read.digest(file));
                }
            }
        }
        read.into(found).at(context.now());
        int all = release.artifacts().size();
        found.value(all - missing.size() + " of " + Quantity.count(all, "artifact"));
        return missing.isEmpty()
                ? found.pass(what + " can be deployed again: " + Quantity.count(all, "artifact")
                        + " with the digest of its record " + (all == 1 ? "is" : "are") + " archived")
                : found.fail(
                        what + " can't be deployed again: " + Quantity.count(missing.size(), "artifact")
                                + " of its record " + (missing.size() == 1 ? "is" : "are") + " not in its archive",
                        again);
    }

    private static List<String> patterns(CheckSpec spec, CheckContext context) {
        List<String> named = spec.settings().texts("files");
        return named.isEmpty()
                ? context.contract().release().artifacts().stream()
                        .map(Artifact::file)
                        .toList()
                : named;
    }

    /** From the root of all jobs: the record's job has its full name. */
    private static String nameOf(PastRelease release) {
        int number = release.build().lastIndexOf('#');
        return "/" + release.job() + (number < 0 ? "" : release.build().substring(number));
    }
}
