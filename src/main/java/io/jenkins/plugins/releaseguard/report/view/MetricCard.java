// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import java.util.List;

/** A metric with both variants' levels, ready to read. */
public record MetricCard(
        String id,
        String name,
        String canary,
        String baseline,
        String baselineWord,
        String change,
        Badge badge,
        String reason,
        String sentence,
        Spark spark,
        List<String> queries) {
    public MetricCard {
        queries = List.copyOf(queries);
    }

    public String getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public String getCanary() {
        return canary;
    }

    public String getBaseline() {
        return baseline;
    }

    public String getBaselineWord() {
        return baselineWord;
    }

    public String getChange() {
        return change;
    }

    public Badge getBadge() {
        return badge;
    }

    public String getReason() {
        return reason;
    }

    public String getSentence() {
        return sentence;
    }

    public Spark getSpark() {
        return spark;
    }

    /** Of what its queries are, a line each; none in records of older versions. */
    public List<String> getQueries() {
        return queries;
    }
}
