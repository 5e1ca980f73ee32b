// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.effect.command.Commands;
import io.jenkins.plugins.releaseguard.http.HttpCalls;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What checks may ask. The three facts are always there; a port that this place doesn't have says so with
 * {@link UnavailableException}, which makes the check unknown.
 */
@Beta
public interface CheckContext {
    Contract contract();

    /** The environment that the release goes to, by name. */
    String environment();

    /** The time at which the evidence is gathered. */
    Instant now();

    /** Archived artifacts, files of the revision, and where a node is at hand the workspace. */
    default EvidenceFiles files() {
        return glob -> {
            throw new UnavailableException(
                    "no files can be read here", "run releaseGate inside node, or archive the files");
        };
    }

    default Commands commands() {
        return call -> {
            throw new UnavailableException("no command can be run here", "run releaseGate inside node { }");
        };
    }

    default HttpCalls http() {
        return call -> {
            throw new UnavailableException("no address can be called here", "allow the address in the configuration");
        };
    }

    default MetricReadings metrics() {
        return (metric, window, track) -> {
            throw new UnavailableException(
                    "no metric source '" + metric.source() + "' here", "set up the source in the configuration");
        };
    }

    /** A metric's level before the release, where it was captured; NaN otherwise. */
    default double baseline(String metric) {
        return Double.NaN;
    }

    /** The ledger of this service. */
    default Releases ledger() {
        return Releases.UNAVAILABLE;
    }

    /** The ledger of another service. */
    default Releases ledger(String service) {
        return Releases.UNAVAILABLE;
    }

    /** Archived files of another build: {@code job} for its last good one, or {@code job#number}. */
    default EvidenceFiles filesOf(String build) {
        return glob -> {
            throw new UnavailableException("no files of '" + build + "' can be read here", "name a file instead");
        };
    }

    default Fingerprints fingerprints() {
        return file -> {
            throw new UnavailableException("no fingerprints are kept here", "set fingerprint: no");
        };
    }

    default Approvals approvals() {
        return Approvals.UNAVAILABLE;
    }

    /** Test results that the build system itself keeps. */
    default BuildTests tests() {
        return build -> Optional.empty();
    }

    /** Freeze windows set by the administrator, beside those that a contract names itself. */
    default List<FreezeWindow> freezes() {
        return List.of();
    }

    /** Whether the releases of this job count as an earlier stage's: a policy may name the jobs, {@code Policy.countsForProgression}. */
    default boolean countsForProgression(String job) {
        return true;
    }
}
