// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.source;

import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.http.HttpCall;
import io.jenkins.plugins.releaseguard.http.HttpResult;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/**
 * A text that a check names by {@code file}, {@code url}, {@code endpoint} or {@code run}; exactly one of them counts, in
 * this order.
 */
public record Fetched(String text, String looked, Origin origin, String sha256, Instant at) {
    /** @throws IOException none is named, or it can't be had */
    public static Fetched by(Settings settings, CheckContext context) throws IOException, InterruptedException {
        if (!given(settings, "file").isEmpty()) {
            FilesRead sighting = new FilesRead();
            EvidenceFile file = FilesRead.one(context.files(), given(settings, "file"));
            String text = sighting.text(file);
            return of(text, file.path(), file.origin(), file.modified());
        }
        if (!given(settings, "url").isEmpty() || !given(settings, "endpoint").isEmpty()) {
            return called(given(settings, "endpoint"), address(settings), settings, context);
        }
        if (!given(settings, "run").isEmpty()) {
            return of(
                    CheckCommand.printed(settings, context, Map.of()),
                    given(settings, "run"),
                    Origin.WORKSPACE,
                    context.now());
        }
        throw new IOException("the check names nothing to look at: file, url, endpoint or run");
    }

    /** A field's text; empty also for kinds that have no such field. */
    public static String given(Settings settings, String key) {
        return settings.declares(key) ? settings.text(key) : "";
    }

    /** The bare address, or the path below an endpoint. */
    public static String address(Settings settings) {
        return given(settings, "endpoint").isEmpty() ? given(settings, "url") : given(settings, "path");
    }

    /** A successful GET. */
    public static Fetched called(String endpoint, String url, Settings settings, CheckContext context)
            throws IOException, InterruptedException {
        HttpCall call = new HttpCall("GET", endpoint, url, Map.of(), null, CheckCommand.limit(settings));
        HttpResult result = context.http().call(call);
        if (!result.succeeded()) {
            throw new UnavailableException(
                    call + " answered " + result.status(), "fix the address, or what answers there");
        }
        if (result.truncated()) {
            throw new IOException(call + " answered more than can be read");
        }
        return of(result.text(), call.toString(), Origin.CONTROLLER, context.now());
    }

    private static Fetched of(String text, String looked, Origin origin, Instant at) {
        return new Fetched(text, looked, origin, Sha256.hex(text), at);
    }

    public Finding.Builder into(Finding.Builder found) {
        return found.looked(looked).from(origin).sha(sha256).at(at);
    }
}
