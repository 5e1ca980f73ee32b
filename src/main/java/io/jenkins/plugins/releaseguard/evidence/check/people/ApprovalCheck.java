// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.people;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.choice;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.BOOLEAN;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.DURATION;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.NUMBER;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.contract.schema.ValuePlace;
import io.jenkins.plugins.releaseguard.evidence.Approvals;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.People;
import io.jenkins.plugins.releaseguard.evidence.ReleaseDigest;
import io.jenkins.plugins.releaseguard.evidence.ReleaseMakers;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.evidence.Signers;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** People sign off: k of those who may, not the author, not too long ago, and for this very artifact. Whose word doesn't count is said. */
public final class ApprovalCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("approval", "People sign off, bound to the artifact's digest.")
            .main(list("of", "who may sign, as user:ann or group:release-managers")
                    .must())
            .fields(
                    Field.of("count", NUMBER, "how many of them").standard("1").in(ValuePlace.WRITTEN),
                    Field.of(
                                    "author",
                                    BOOLEAN,
                                    "those who made the release may sign: the author, who started the build, who wrote its changes")
                            .standard("no")
                            .in(ValuePlace.WRITTEN),
                    Field.of("expires", DURATION, "how long a signature holds")
                            .standard("1d")
                            .in(ValuePlace.WRITTEN),
                    Field.of(
                                    "deadline",
                                    DURATION,
                                    "how long the gate waits for signatures; else as set up in Jenkins, 8 hours there")
                            .in(ValuePlace.WRITTEN),
                    choice(
                                    "otherwise",
                                    List.of("no-go", "conditional"),
                                    "the outcome where they are still missing then; a policy that protects the"
                                            + " environment accepts only no-go")
                            .standard("no-go")
                            .in(ValuePlace.WRITTEN));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Duration maxAge(CheckSpec spec) {
        return expires(spec.settings());
    }

    private static Duration expires(Settings settings) {
        return settings.duration("expires").orElse(Signatures.USUAL);
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        Release release = context.contract().release();
        Approvals approvals = context.approvals();
        Finding.Builder found =
                Finding.now(context).looked("sign-offs on " + entry.id()).from(Origin.PERSON);
        String digest = ReleaseDigest.of(release);
        List<String> of = settings.texts("of");
        double count = Math.max(1, Math.ceil(settings.number("count").orElse(1.0)));
        if (digest.isEmpty() || of.isEmpty()) {
            return found.from(Origin.CONTROLLER)
                    .unknown(
                            of.isEmpty()
                                    ? "nobody is named who may sign"
                                    : "there is no artifact or commit to sign for",
                            of.isEmpty()
                                    ? "name users or groups under of"
                                    : "add release.artifacts with sha256, or release.commit");
        }
        ReleaseMakers makers =
                settings.flag("author") ? new ReleaseMakers(Set.of(), "", "") : ReleaseMakers.of(release, approvals);
        if (makers.known().isEmpty()) {
            return found.from(Origin.CONTROLLER).unknown(makers.unknown(), makers.fix());
        }
        Signers signers = Signers.of(of);
        People people = approvals.people();
        List<String> unclear = signers.unclear(people);
        if (signers.isNobody(people)) {
            return found.from(Origin.CONTROLLER)
                    .unknown(
                            "nobody can sign: " + String.join("; ", unclear),
                            "write user: or group: before each name under of");
        }
        Signatures signatures = Signatures.of(
                approvals.of(entry.id()),
                new Signatures.Terms(signers, people, digest, makers.users(), expires(settings), context.now()));
        return judge(signatures, (int) count, of, unclear, found);
    }

    private static Finding judge(
            Signatures signatures, int count, List<String> of, List<String> unclear, Finding.Builder found) {
        String passedOver = signatures.passedOver() + (unclear.isEmpty() ? "" : "; " + Lines.some(unclear));
        Map<String, SignOff> counted = signatures.counted();
        for (SignOff signed : counted.values()) {
            if (!signed.approved()) {
                return found.value("refused")
                        .limit(count + " of " + String.join(", ", of))
                        .fail(
                                "refused by " + signed.by()
                                        + (signed.comment() == null
                                                        || signed.comment().isBlank()
                                                ? ""
                                                : ": " + signed.comment())
                                        + passedOver,
                                "settle with " + signed.by() + " what stands against it");
            }
        }
        found.value(counted.isEmpty() ? "0 signed" : counted.size() + " signed: " + signatures.names())
                .limit(count + " of " + String.join(", ", of));
        if (counted.size() < count) {
            int more = count - counted.size();
            String who = more + " of " + String.join(", ", of);
            return found.awaiting(
                    who, more + " more must sign" + passedOver, "ask one of " + String.join(", ", of) + " to sign");
        }
        Instant oldest = counted.values().stream()
                .map(SignOff::at)
                .min(Instant::compareTo)
                .orElseThrow();
        return found.at(oldest).pass("signed by " + signatures.names() + passedOver);
    }
}
