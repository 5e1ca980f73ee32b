// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.ReleaseDigest;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** People sign off: k of those who may, not the author, not too long ago, and for this very artifact. Whose word doesn't count is said. */
final class ApprovalCheck implements Check {
    @Override
    public String kind() {
        return "approval";
    }

    @Override
    public Duration maxAge(CheckSpec spec) {
        return expires(spec.settings());
    }

    private static Duration expires(Settings settings) {
        return settings.duration("expires").orElse(Signatures.USUAL);
    }

    @Override
    public Finding look(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        Release release = context.contract().release();
        Found found = Found.now(context).looked("sign-offs on " + entry.id()).from(Origin.PERSON);
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
        Optional<String> author = Optional.empty();
        if (!settings.flag("author")) {
            author = release.author() == null || release.author().isBlank()
                    ? Optional.empty()
                    : context.approvals().user(release.author());
            if (author.isEmpty()) {
                return found.from(Origin.CONTROLLER)
                        .unknown(
                                "nobody knows who the release's author is, so nobody can be told to be another",
                                "set release.author to a user's id or mail address");
            }
        }
        Signatures signatures = Signatures.of(
                context.approvals().of(entry.id()),
                new Signatures.Terms(of, digest, author, expires(settings), context.now()));
        return judge(signatures, (int) count, of, found);
    }

    private static Finding judge(Signatures signatures, int count, List<String> of, Found found) {
        String passedOver = signatures.passedOver();
        Map<String, SignOff> counted = signatures.counted();
        for (SignOff signed : counted.values()) {
            if (!signed.approved()) {
                return found.value("refused")
                        .limit(count + " of " + String.join(", ", of))
                        .at(signed.at())
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
