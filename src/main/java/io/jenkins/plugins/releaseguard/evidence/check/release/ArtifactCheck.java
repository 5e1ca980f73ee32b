// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.release;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.BOOLEAN;
import static io.jenkins.plugins.releaseguard.contract.schema.Reference.ENVIRONMENT;

import io.jenkins.plugins.releaseguard.contract.Artifact;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.contract.schema.ValueReader.Fault;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.PastRelease;
import io.jenkins.plugins.releaseguard.evidence.check.source.FilesRead;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The artifact has the digest that the contract names, and the same digest was promoted before. */
public final class ArtifactCheck implements Check {
    private static final SpecKind KIND = SpecKind.check(
                    "artifact", "The artifact is the one that was named, built and tried before.")
            .main(text("file", "path of the artifact; else all of release.artifacts"))
            .fields(
                    text("sha256", "its SHA-256; else that of release.artifacts"),
                    text("environment", "the same digest was promoted in this environment (ledger)")
                            .references(ENVIRONMENT),
                    Field.of("fingerprint", BOOLEAN, "Jenkins has a fingerprint of it")
                            .standard("no"))
            .reads("sha256", ArtifactCheck::digest);

    private static Optional<Fault> digest(String text) {
        if (text.strip().matches("(?i)[0-9a-f]{64}")) {
            return Optional.empty();
        }
        return Optional.of(new Fault(
                "'" + Lines.bounded(text, 80) + "' is no SHA-256",
                text.strip().matches("(?i)sha-?256[:= ]\\s*[0-9a-f]{64}")
                        ? "write " + text.strip().substring(text.strip().length() - 64)
                        : "write its 64 hexadecimal digits, as sha256sum prints them"));
    }

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        Finding.Builder found = Finding.now(context);
        List<Artifact> artifacts =
                artifacts(settings, context.contract().release().artifacts(), spec);
        if (artifacts.isEmpty()) {
            return found.unknown("the release names no artifact", "add release.artifacts with file and sha256");
        }
        FilesRead sighting = new FilesRead();
        List<String> digests = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            String wanted =
                    artifact.sha256() == null ? "" : artifact.sha256().strip().toLowerCase(Locale.ROOT);
            found.looked(artifact.file()).limit(Sha256.shortened(wanted));
            if (!wanted.matches("[0-9a-f]{64}")) {
                return found.unknown(
                        "the contract has no SHA-256 for " + artifact.file(),
                        "give the artifact its sha256, from the build that made it");
            }
            EvidenceFile file = FilesRead.one(context.files(), artifact.file());
            String actual = sighting.digest(file);
            sighting.into(found).value(Sha256.shortened(actual)).at(context.now());
            if (!actual.equals(wanted)) {
                return found.fail(
                        artifact.file() + " is not the artifact that the contract names",
                        "release the artifact that was built and tested; don't build it anew for an environment");
            }
            if (settings.flag("fingerprint")
                    && context.fingerprints().builds(file).isEmpty()) {
                return found.fail(
                        "no build is known to have made " + artifact.file(),
                        "record its fingerprint where it is built");
            }
            digests.add(actual);
        }
        return before(settings.text("environment"), digests, context, found);
    }

    private static Finding before(String environment, List<String> digests, CheckContext context, Finding.Builder found)
            throws IOException {
        if (environment.isEmpty()) {
            return found.pass(Quantity.count(digests.size(), "artifact") + " with the digest of the contract");
        }
        Optional<PastRelease> record = context.ledger().releases(environment).stream()
                .filter(r -> r.artifacts().containsAll(digests))
                .findFirst();
        if (record.isEmpty()) {
            return found.limit("promoted in " + environment)
                    .fail(
                            "this artifact was never released to " + environment,
                            "release it to " + environment + " first");
        }
        return Earlier.judge(record.get(), environment, found);
    }

    /** The artifact that the check names, else all of the release. */
    private static List<Artifact> artifacts(Settings settings, List<Artifact> ofRelease, CheckSpec spec) {
        String file = settings.text("file");
        if (file.isEmpty()) {
            return ofRelease;
        }
        String named = settings.text("sha256");
        String sha = !named.isEmpty()
                ? named
                : ofRelease.stream()
                        .filter(a -> a.file().equals(file))
                        .map(Artifact::sha256)
                        .findFirst()
                        .orElse("");
        return List.of(new Artifact(file, sha, spec.at()));
    }
}
