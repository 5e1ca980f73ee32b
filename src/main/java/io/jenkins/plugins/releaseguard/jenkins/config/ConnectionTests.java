// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.jenkins.credential.CredentialsField;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether what is set up answers. */
final class ConnectionTests {
    private static final int SECONDS = 60;
    private static final String ANSWERED = " answered HTTP ";
    private static final int DIGITS = 3;

    /** A constant that every Prometheus knows, naming a track as any query must. */
    private static final String QUERY = "label_replace(vector(1), \"track\", \"$track\", \"\", \"\")";

    private ConnectionTests() {}

    /** Where a folder's set-up may not call; empty where it may. */
    static Optional<FormValidation> refused(BoundSetup<?> setup, Item item) {
        return FolderAddresses.objection(setup, CredentialsField.context(item))
                .map(said -> FormValidation.error(Messages.FolderAddresses_Refused(said)));
    }

    /** Asks for a constant. */
    static void prometheus(MetricSource source) throws SourceException, InterruptedException {
        Metric.Query query = new Metric.Query("", "", "", QUERY, Double.NaN);
        Metric metric = new Metric(
                "test",
                "test",
                Metric.Kind.GAUGE,
                "",
                "",
                Metric.Worse.HIGHER,
                false,
                false,
                "",
                1,
                null,
                query,
                null,
                new Position("test", 1, 1));
        Instant now = Instant.now();
        List<Event.Sample> samples;
        try {
            samples = source.read(List.of(metric), now.minusSeconds(SECONDS), now);
        } catch (SourceException e) {
            throw new SourceException(withoutBody(e.getMessage()));
        }
        if (samples == null || samples.isEmpty()) {
            throw new SourceException("It answered nothing");
        }
    }

    /** That it answered and how, never what: the address may be one whose answers aren't for the person who asks. */
    private static String withoutBody(String message) {
        int at = message.indexOf(ANSWERED);
        return at < 0
                ? message
                : message.substring(0, Math.min(message.length(), at + ANSWERED.length() + DIGITS))
                        + ": is this the address of a Prometheus? See its log";
    }
}
