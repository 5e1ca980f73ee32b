// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.BOOLEAN;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.PastRelease;
import io.jenkins.plugins.releaseguard.evidence.check.source.Fetched;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every commit since the last good version belongs to a change that someone other than its author has reviewed. */
final class ChangesCheck implements Check {
    private static final SpecKind KIND = SpecKind.check(
                    "changes", "Every commit of the release is traced to a reviewed change.")
            .main(text("pattern", "regular expression of a change's id in a commit's message")
                    .standard("(#|!)[0-9]+|[A-Z][A-Z0-9]+-[0-9]+"))
            .fields(
                    text("since", "revision that the commits are counted from; else the last good version's"),
                    text("file", "JSON list of changes: id, author, reviewers, commits"),
                    text("url", "or the address of such a list"),
                    text("endpoint", "or the id of an endpoint set up in Jenkins"),
                    Field.of("reviewed", BOOLEAN, "each by someone other than its author")
                            .standard("yes"),
                    list("exempt", "authors whose commits need no change, such as a release bot"))
            .exclusive("file", "url", "endpoint");

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context)
            throws IOException, InterruptedException {
        Settings settings = spec.settings();
        String since = since(settings, context);
        String until = context.contract().release().commit();
        Finding.Builder found = Finding.now(context).from(Origin.WORKSPACE).looked("commits " + since + ".." + until);
        List<Commit> commits = Commit.between(since, until, settings, context).stream()
                .filter(c -> !c.by(settings.texts("exempt")))
                .toList();
        if (commits.isEmpty()) {
            return found.unknown(
                    "there are no commits between " + since + " and " + until,
                    "set since to the revision that is live");
        }
        boolean listed = settings.has("file") || settings.has("url") || settings.has("endpoint");
        if (!listed && settings.flag("reviewed")) {
            return found.unknown(
                    "nothing says who has reviewed the changes",
                    "give the check the list of changes (file, url or endpoint)");
        }
        List<Change> changes = listed ? Change.list(Fetched.by(settings, context)) : List.of();
        Pattern ids = pattern(settings.text("pattern"));
        List<String> loose = new ArrayList<>();
        for (Commit commit : commits) {
            trouble(commit, changes, listed, ids, settings.flag("reviewed"))
                    .ifPresent(t -> loose.add(commit.shortId() + " " + t));
        }
        found.value((commits.size() - loose.size()) + " of " + Quantity.count(commits.size(), "commit"))
                .limit("all");
        return loose.isEmpty()
                ? found.pass(Quantity.count(commits.size(), "commit") + " traced"
                        + (settings.flag("reviewed") ? " to reviewed changes" : ""))
                : found.fail(
                        Lines.some(loose),
                        "have each of them reviewed as a change, and name the change in the commit's message");
    }

    private static Optional<String> trouble(
            Commit commit, List<Change> changes, boolean listed, Pattern ids, boolean reviewed) {
        if (!listed) {
            return ids.matcher(commit.message()).find() ? Optional.empty() : Optional.of("names no change");
        }
        List<Change> own = changes.stream().filter(c -> c.has(commit, ids)).toList();
        if (own.isEmpty()) {
            return Optional.of("belongs to no change");
        }
        return reviewed && own.stream().noneMatch(c -> c.reviewedByOther(commit))
                ? Optional.of("of " + own.get(0).id() + " is not reviewed by someone other than its author")
                : Optional.empty();
    }

    private static String since(Settings settings, CheckContext context) throws IOException {
        if (!settings.text("since").isEmpty()) {
            return settings.text("since");
        }
        return context.ledger().releases(context.environment()).stream()
                .filter(r -> r.verdict() == ReleaseOutcome.PROMOTED && r.intact())
                .map(PastRelease::commit)
                .filter(c -> c != null && !c.isBlank())
                .findFirst()
                .orElseThrow(() -> new IOException("no last good version is known; set since"));
    }

    private static Pattern pattern(String text) throws IOException {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IOException("the pattern '" + text + "' can't be read: " + e.getDescription(), e);
        }
    }
}
