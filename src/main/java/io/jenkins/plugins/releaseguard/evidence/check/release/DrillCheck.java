// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.release;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.DURATION;
import static io.jenkins.plugins.releaseguard.contract.schema.Reference.ENVIRONMENT;
import static io.jenkins.plugins.releaseguard.contract.schema.Unit.TIME;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Drill;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.check.Limits;
import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The newest rollback in an environment, rehearsed or in earnest: confirmed, inside the objective, not too long ago. */
public final class DrillCheck implements Check {
    private static final SpecKind KIND = SpecKind.check(
                    "drill", "The newest rollback on record, rehearsed or in earnest, was confirmed in time.")
            .main(text("environment", "where; else any").references(ENVIRONMENT))
            .fields(
                    Field.of("within", DURATION, "its longest total; else release.rollback.objective"),
                    limit("age", "how long ago").standard("<= 30d").unit(TIME));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        String environment = settings.text("environment");
        String where = environment.isEmpty() ? "any environment" : environment;
        String again =
                "rehearse it: abort a release in " + where + " once traffic has moved, which counts when confirmed";
        Finding.Builder found =
                Finding.now(context).looked("rollbacks in " + where).from(Origin.LEDGER);
        List<Drill> drills = context.ledger().drills(environment);
        if (drills.isEmpty()) {
            return found.value("never")
                    .limit("a confirmed rollback")
                    .fail("no rollback in " + where + " is on record", again);
        }
        Drill newest = drills.get(0);
        found.looked(newest.record());
        if (!newest.intact()) {
            return found.unknown(
                    "the record of the last rollback, " + newest.record() + ", isn't intact: " + newest.doubt(),
                    "find out who changed it; " + again);
        }
        if (!newest.confirmed()) {
            return found.value("not confirmed")
                    .limit("confirmed")
                    .fail(
                            "the last rollback, of " + newest.record() + ", was not confirmed",
                            "fix the procedure and " + again);
        }
        return judge(newest, settings, context, found, again);
    }

    private static Finding judge(
            Drill newest, Settings settings, CheckContext context, Finding.Builder found, String again) {
        Duration within =
                settings.duration("within").orElse(context.contract().release().objective());
        Duration age = Duration.between(newest.at(), context.now());
        if (age.isNegative() || newest.took() == null || within == null) {
            return found.unknown(
                    age.isNegative()
                            ? "the last rollback is from the future, " + newest.at()
                            : within == null ? "there is no objective" : "nobody knows how long the last rollback took",
                    age.isNegative() ? "set the clocks right" : within == null ? "set within" : again);
        }
        if (newest.took().compareTo(within) > 0) {
            return found.value(Quantity.beside(seconds(newest.took()), seconds(within), "s"))
                    .limit("<= " + Quantity.known(seconds(within), "s"))
                    .fail(
                            "the last rollback, of " + newest.record() + ", took longer than the objective",
                            "make the procedure faster and " + again);
        }
        return new Limits()
                .want("age", settings.threshold("age"), age.toSeconds(), "s")
                .conclude(
                        found,
                        newest.record() + " went back in "
                                + Quantity.beside(seconds(newest.took()), seconds(within), "s") + ", " + Span.text(age)
                                + " ago",
                        "the last rollback, of " + newest.record() + ", was " + Span.text(age) + " ago",
                        again);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
