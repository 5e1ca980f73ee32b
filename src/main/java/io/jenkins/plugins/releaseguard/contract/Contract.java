// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import java.util.List;
import java.util.Optional;

/**
 * A release contract as read: {@code sha256} is the digest of the file's bytes before variables are filled in;
 * {@code notes} are problems below an error, e.g. which defaults were taken.
 */
@Beta
public record Contract(
        String apiVersion,
        String file,
        String sha256,
        Release release,
        List<Risk> risks,
        List<Metric> metrics,
        RolloutSpec rollout,
        List<Entry> entries,
        List<FeatureFlag> flags,
        List<Incident> playbook,
        List<Communication> communication,
        List<Problem> notes) {
    /** Entries of one type, in the order of the file. */
    public <E extends Entry> List<E> entries(Class<E> type) {
        return entries.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public Optional<Entry> entry(String id) {
        return entries.stream().filter(e -> e.id().equals(id)).findFirst();
    }

    public Optional<Metric> metric(String id) {
        return metrics.stream().filter(m -> m.id().equals(id)).findFirst();
    }

    public Optional<EnvironmentEntry> environment(String name) {
        return entries(EnvironmentEntry.class).stream()
                .filter(e -> e.name().equals(name))
                .findFirst();
    }

    /** The same with other entries. */
    public Contract withEntries(List<Entry> entries) {
        return new Contract(
                apiVersion,
                file,
                sha256,
                release,
                risks,
                metrics,
                rollout,
                entries,
                flags,
                playbook,
                communication,
                notes);
    }

    /** The same with another rollout. */
    public Contract withRollout(RolloutSpec rollout) {
        return new Contract(
                apiVersion,
                file,
                sha256,
                release,
                risks,
                metrics,
                rollout,
                entries,
                flags,
                playbook,
                communication,
                notes);
    }
}
