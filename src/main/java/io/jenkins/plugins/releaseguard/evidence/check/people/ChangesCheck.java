// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.people;

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
import io.jenkins.plugins.releaseguard.evidence.check.source.Change;
import io.jenkins.plugins.releaseguard.evidence.check.source.Commit;
import io.jenkins.plugins.releaseguard.evidence.check.source.Fetched;
import io.jenkins.plugins.releaseguard.evidence.check.source.Likeness;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every commit since the last good version belongs to a change that someone other than its author has reviewed. */
public final class ChangesCheck implements Check {
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
                    list(
                            "exempt",
                            "authors whose changes need no review, as the list of changes names them, such as a release bot"))
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
        List<Commit> commits = Commit.between(since, until, settings, context);
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
        List<String> unclear = new ArrayList<>();
        Terms terms = new Terms(changes, listed, ids, settings.flag("reviewed"), settings.texts("exempt"));
        for (Commit commit : commits) {
            trouble(commit, terms, new Likeness(context.approvals()))
                    .ifPresent(t -> (t.unclear() ? unclear : loose).add(commit.shortId() + " " + t.text()));
        }
        found.value((commits.size() - loose.size() - unclear.size()) + " of "
                        + Quantity.count(commits.size(), "commit"))
                .limit("all");
        if (loose.isEmpty() && !unclear.isEmpty()) {
            return found.unknown(
                    Lines.some(unclear),
                    "let the list of changes name people by their ids, and each change with its commits");
        }
        return loose.isEmpty()
                ? found.pass(Quantity.count(commits.size(), "commit") + " traced"
                        + (settings.flag("reviewed") ? " to reviewed changes" : ""))
                : found.fail(
                        Lines.some(loose),
                        "have each of them reviewed as a change, and name the change in the commit's message");
    }

    /** What is asked of each commit. */
    private record Terms(List<Change> changes, boolean listed, Pattern ids, boolean reviewed, List<String> exempt) {}

    /** @param unclear whether it may be well, and nobody can tell */
    private record Trouble(String text, boolean unclear) {}

    private static Optional<Trouble> trouble(Commit commit, Terms terms, Likeness likeness) throws IOException {
        if (!terms.listed()) {
            if (terms.ids().matcher(commit.message()).find()) {
                return Optional.empty();
            }
            return Optional.of(
                    commit.by(terms.exempt())
                            ? new Trouble(
                                    "has the name of " + commit.name()
                                            + ", which anybody can write into a commit: only a list of changes says whose it is",
                                    true)
                            : new Trouble("names no change", false));
        }
        List<Change> own =
                terms.changes().stream().filter(c -> c.has(commit, terms.ids())).toList();
        if (own.isEmpty()) {
            return Optional.of(new Trouble("belongs to no change", false));
        }
        if (!terms.reviewed() || own.stream().anyMatch(change -> change.by(terms.exempt()))) {
            return Optional.empty();
        }
        Likeness.Word best = Likeness.Word.SAME;
        for (Change change : own) {
            Likeness.Word word = change.reviewedByOther(commit, likeness);
            best = word.compareTo(best) > 0 ? word : best;
        }
        return switch (best) {
            case OTHER -> Optional.empty();
            case UNCLEAR ->
                Optional.of(new Trouble(
                        "of " + own.get(0).id() + " is reviewed by somebody who can't be told from its author", true));
            case SAME ->
                Optional.of(new Trouble(
                        "of " + own.get(0).id() + " is not reviewed by someone other than its author", false));
        };
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
