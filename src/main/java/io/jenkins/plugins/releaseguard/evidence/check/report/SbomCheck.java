// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.report;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.BOOLEAN;
import static io.jenkins.plugins.releaseguard.contract.schema.Unit.COUNT;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFiles;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.check.Limits;
import io.jenkins.plugins.releaseguard.evidence.check.source.FilesRead;
import io.jenkins.plugins.releaseguard.evidence.check.source.OwnTimes;
import io.jenkins.plugins.releaseguard.evidence.read.sbom.LicencePolicy;
import io.jenkins.plugins.releaseguard.evidence.read.sbom.LicencePolicy.Verdict;
import io.jenkins.plugins.releaseguard.evidence.read.sbom.Sbom;
import io.jenkins.plugins.releaseguard.evidence.read.sbom.SbomReader;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Bills of materials: there, of this artifact, and with licences that the policy allows. */
public final class SbomCheck implements Check {
    private static final SpecKind KIND = SpecKind.check(
                    "sbom", "Bills of materials: CycloneDX or SPDX, as JSON, and the licences in them.")
            .main(list("files", "paths or patterns of SBOMs")
                    .standard("**/*.cdx.json, **/bom.json, **/*.spdx.json, **/*.spdx3.json"))
            .fields(
                    limit("components", "number of components in each")
                            .standard(">= 1")
                            .unit(COUNT),
                    list("allow", "licences that are allowed, by SPDX id, * for any text: [MIT, Apache-2.0, BSD-*]"),
                    list("deny", "licences that are not: [GPL-3.0-*, AGPL-*]"),
                    Field.of("bound", BOOLEAN, "each must give the digest of an artifact of the release")
                            .standard("no"));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        FilesRead sighting = new FilesRead();
        List<Sbom> sboms = read(context.files(), settings.texts("files"), sighting);
        OwnTimes own = new OwnTimes(sighting).all(sboms.stream().map(Sbom::made).toList());
        Finding.Builder found = own.into(Finding.now(context));
        Set<String> release = context.contract().release().artifacts().stream()
                .filter(a -> a.sha256() != null && !a.sha256().isBlank())
                .map(a -> a.sha256().strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Optional<Finding> bound = bound(sboms, release, settings.flag("bound"), found);
        if (bound.isPresent()) {
            return bound.get();
        }
        Optional<Finding> licences = licences(sboms, settings, found);
        if (licences.isPresent()) {
            return licences.get();
        }
        Limits limits = new Limits();
        for (Sbom sbom : sboms) {
            limits.want(
                    sboms.size() == 1 ? "components" : sbom.of(), settings.threshold("components"), sbom.count(), "");
        }
        boolean proven =
                !release.isEmpty() && sboms.stream().noneMatch(s -> s.digests().isEmpty());
        int excluded = sboms.stream().mapToInt(Sbom::excluded).sum();
        String seen = Quantity.count(sboms.stream().mapToLong(Sbom::count).sum(), "component")
                + (excluded > 0 ? ", and " + excluded + " of scope excluded, left out" : "")
                + (proven ? " of the release's artifact" : "; the SBOM names no digest of the release's artifact")
                + own.told();
        return limits.conclude(found, seen, seen, "let the tool look where the components are, and write it anew");
    }

    private static List<Sbom> read(EvidenceFiles files, List<String> patterns, FilesRead sighting) throws IOException {
        List<Sbom> sboms = new ArrayList<>();
        for (EvidenceFile file : FilesRead.any(files, patterns)) {
            sboms.add(sighting.read(file, SbomReader::read));
        }
        return sboms;
    }

    /** Why an SBOM may be another artifact's. */
    private static Optional<Finding> bound(List<Sbom> sboms, Set<String> release, boolean must, Finding.Builder found) {
        for (Sbom sbom : sboms) {
            boolean same = sbom.digests().stream().anyMatch(release::contains);
            if (!same && !sbom.digests().isEmpty() && !release.isEmpty()) {
                return Optional.of(found.value(shortened(sbom.digests()))
                        .limit(shortened(release))
                        .fail(
                                "the SBOM is of another artifact than the release's: " + sbom.of(),
                                "make it of the artifact that is released"));
            }
            if (!same && must) {
                return Optional.of(found.unknown(
                        release.isEmpty()
                                ? "the contract has no SHA-256 of an artifact"
                                : "the SBOM does not give the SHA-256 of what it is of",
                        "give release.artifacts their sha256, and let the tool write it into the SBOM"));
            }
        }
        return Optional.empty();
    }

    private static String shortened(Set<String> digests) {
        return Lines.some(digests.stream().map(Sha256::shortened).sorted().toList());
    }

    /** Licences that the policy denies, or that nobody knows. */
    private static Optional<Finding> licences(List<Sbom> sboms, Settings settings, Finding.Builder found) {
        LicencePolicy policy = new LicencePolicy(settings.texts("allow"), settings.texts("deny"));
        if (policy.isEmpty()) {
            return Optional.empty();
        }
        List<String> denied = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Sbom sbom : sboms) {
            for (Sbom.Component component : sbom.components()) {
                Verdict worst = component.licences().isEmpty() ? Verdict.UNKNOWN : Verdict.ALLOWED;
                for (String licence : component.licences()) {
                    Verdict verdict = policy.of(licence);
                    worst = verdict.compareTo(worst) < 0 ? verdict : worst;
                }
                String named = component.name() + " ("
                        + (component.licences().isEmpty() ? "none given" : String.join(" AND ", component.licences()))
                        + ")";
                if (worst != Verdict.ALLOWED) {
                    (worst == Verdict.DENIED ? denied : unknown).add(named);
                }
            }
        }
        if (!denied.isEmpty()) {
            return Optional.of(found.value(Quantity.count(denied.size(), "component"))
                    .limit("no component")
                    .fail(
                            "licences that are not allowed: " + Lines.some(denied),
                            "replace these components, or allow their licence where it may be allowed"));
        }
        if (!unknown.isEmpty()) {
            return Optional.of(found.value(Quantity.count(unknown.size(), "component"))
                    .limit("no component")
                    .unknown(
                            "licences that nobody knows: " + Lines.some(unknown),
                            "let the tool find them out, or allow them as they are written"));
        }
        return Optional.empty();
    }
}
