// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.contract.schema.ValueReader.Fault;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.FreezeWindow;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** No freeze window is open, neither the contract's nor the administrator's. */
public final class FreezeCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("freeze", "No freeze window is open.")
            .main(list("windows", "such as 2026-12-20..2027-01-02 or Fri 16:00..Mon 08:00; besides Jenkins' own"))
            .fields(
                    text("zone", "time zone of the windows").standard("UTC"),
                    list("exceptions", "kinds of release that may go all the same")
                            .standard(ExceptionClaim.USUAL),
                    text("exception", "the kind that this release claims, usually by a variable"),
                    text("reason", "why it claims it"))
            .reads("windows", FreezeCheck::window)
            .reads("zone", FreezeCheck::place);

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Duration maxAge(CheckSpec spec) {
        return Duration.ofMinutes(15);
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        Instant now = context.now();
        Finding.Builder found = Finding.now(context).looked("freeze windows").value(now.toString());
        List<FreezeWindow> windows = new ArrayList<>(context.freezes());
        ZoneId zone = zone(settings.text("zone"));
        for (String text : settings.texts("windows")) {
            windows.add(FreezeText.parse(text, zone, now, settings.texts("exceptions")));
        }
        if (windows.isEmpty()) {
            return found.unknown(
                    "no freeze windows are set up", "list windows here, or set them up in the configuration");
        }
        List<String> notes = new ArrayList<>();
        for (FreezeWindow window : windows) {
            if (now.isBefore(window.from()) || !now.isBefore(window.until())) {
                continue;
            }
            Optional<String> exception = ExceptionClaim.claimed(settings, window.except());
            if (exception.isEmpty()) {
                return found.limit("after " + window.until())
                        .fail(
                                "frozen until " + window.until() + ": " + window.reason(),
                                "wait until then; "
                                        + (window.except().isEmpty()
                                                ? "there are no exceptions"
                                                : "may go all the same: " + String.join(", ", window.except())
                                                        + ", with a reason"));
            }
            notes.add("open (" + window.reason() + "), goes all the same: " + exception.get());
        }
        return found.limit("outside " + Quantity.count(windows.size(), "window"))
                .pass(notes.isEmpty() ? "no freeze window is open" : String.join("; ", notes));
    }

    private static Optional<Fault> window(String text) {
        try {
            FreezeText.parse(text, ZoneOffset.UTC, Instant.EPOCH, List.of());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Fault(e.getMessage(), "write 2026-12-20..2027-01-02 or Fri 16:00..Mon 08:00"));
        }
    }

    private static Optional<Fault> place(String text) {
        try {
            zone(text);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Fault(e.getMessage(), "name a place: Europe/Berlin, or UTC"));
        }
    }

    private static ZoneId zone(String name) throws IOException {
        try {
            return ZoneId.of(name.isEmpty() ? "UTC" : name);
        } catch (DateTimeException e) {
            throw new IOException("there is no time zone '" + name + "'", e);
        }
    }
}
