// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.Unit.SIZE;
import static io.jenkins.plugins.releaseguard.contract.schema.Unit.TIME;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.evidence.check.Limits;
import io.jenkins.plugins.releaseguard.evidence.check.source.Fetched;
import io.jenkins.plugins.releaseguard.evidence.check.source.FilesRead;
import io.jenkins.plugins.releaseguard.evidence.check.source.StrictJson;
import io.jenkins.plugins.releaseguard.text.Span;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A backup is young enough, and big enough, to go back to. */
public final class BackupCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("backup", "A backup is young enough to go back to.")
            .main(text("file", "a file that holds the backup's time, or is the backup (its time counts)"))
            .fields(
                    text("url", "or an address that answers with the time"),
                    text("endpoint", "or the id of an endpoint set up in Jenkins"),
                    text("run", "or a command that prints the time"),
                    text("field", "JSON pointer to the time, ISO 8601 or seconds since 1970"),
                    limit("age", "the backup's age").standard("<= 24h").unit(TIME),
                    limit("size", "the backup's size, such as \"> 1 GiB\"; only of a file")
                            .unit(SIZE))
            .oneOf("file", "url", "endpoint", "run")
            .exclusive("file", "url", "endpoint", "run");

    private static final long NOTE = 4096;

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context)
            throws IOException, InterruptedException {
        Settings settings = spec.settings();
        Finding.Builder found = Finding.now(context);
        double size = Double.NaN;
        Instant taken;
        if (settings.text("file").isEmpty()) {
            Fetched fetched = Fetched.by(settings, context);
            fetched.into(found);
            taken = time(fetched.text(), settings.text("field"), fetched.looked());
        } else {
            EvidenceFile file = FilesRead.one(context.files(), settings.text("file"));
            found.looked(file.path()).from(file.origin());
            size = file.size();
            taken = ofFile(file, settings.text("field"));
        }
        found.at(context.now());
        Duration age = Duration.between(taken, context.now());
        if (age.compareTo(Duration.ofMinutes(-5)) < 0) {
            return found.value(taken.toString()).unknown("the backup is from the future", "set the clocks right");
        }
        if (size == 0) {
            return found.value("0 B").fail("the backup is empty", "make a backup that can be restored");
        }
        Limits limits = new Limits()
                .want("age", settings.threshold("age"), Math.max(0, age.toSeconds()), "s")
                .want("size", settings.threshold("size"), size, "B");
        String old = "the backup is " + Span.text(age.isNegative() ? Duration.ZERO : age) + " old";
        return limits.conclude(found, old, old, "make a backup now, and see that it can be restored");
    }

    /** A small file may hold the time; otherwise it is the backup, and its own time counts. */
    private static Instant ofFile(EvidenceFile file, String field) throws IOException {
        if (!field.isEmpty() || file.size() <= NOTE) {
            String text = new FilesRead().text(file);
            if (!field.isEmpty()) {
                return time(text, field, file.path());
            }
            Optional<Instant> inside = parse(text);
            if (inside.isPresent()) {
                return inside.get();
            }
        }
        return file.modified();
    }

    private static Instant time(String text, String field, String what) throws IOException {
        String time = text;
        if (!field.isEmpty()) {
            JsonNode node = StrictJson.at(StrictJson.read(text, what), field, what);
            time = node.asText();
        }
        return parse(time)
                .orElseThrow(() -> new UnavailableException(
                        what + " holds no time", "write it as ISO 8601 with zone, or seconds since 1970"));
    }

    private static Optional<Instant> parse(String text) {
        String time = text.strip();
        try {
            return Optional.of(
                    time.matches("[0-9]{9,12}")
                            ? Instant.ofEpochSecond(Long.parseLong(time))
                            : OffsetDateTime.parse(time).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
