// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import hudson.model.Run;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.effect.command.Commands;
import io.jenkins.plugins.releaseguard.evidence.Approvals;
import io.jenkins.plugins.releaseguard.evidence.BuildTests;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFiles;
import io.jenkins.plugins.releaseguard.evidence.Fingerprints;
import io.jenkins.plugins.releaseguard.evidence.FreezeWindow;
import io.jenkins.plugins.releaseguard.evidence.MetricReadings;
import io.jenkins.plugins.releaseguard.evidence.Releases;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.evidence.local.LayeredFiles;
import io.jenkins.plugins.releaseguard.evidence.local.LedgerReleases;
import io.jenkins.plugins.releaseguard.http.HttpCalls;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupUser;
import io.jenkins.plugins.releaseguard.jenkins.ownership.ServiceOwners;
import io.jenkins.plugins.releaseguard.jenkins.scope.JenkinsHttp;
import io.jenkins.plugins.releaseguard.jenkins.scope.NodeContext;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import io.jenkins.plugins.releaseguard.jenkins.scope.ServiceLedgers;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.rollout.runner.SourceReadings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What checks may ask in Jenkins. Files and commands of a node only where the step stands in one. */
@Restricted(NoExternalUse.class)
public final class ReleaseCheckContext implements CheckContext {
    private final ReleaseScope release;
    private final SetupUser user;
    private final MetricSource source;
    private final NodeContext node;
    private final ReleasePolicy policy;
    private final Instant now = Instant.now();

    /**
     * @param user who uses what is set up
     * @param node the enclosing node's, null for none
     */
    public ReleaseCheckContext(ReleaseScope release, SetupUser user, MetricSource source, NodeContext node) {
        this.release = release;
        this.user = user;
        this.source = source;
        this.node = node;
        this.policy = ReleasePolicy.of(release);
    }

    @Override
    public Contract contract() {
        return release.contract();
    }

    @Override
    public String environment() {
        return release.environment();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public EvidenceFiles files() {
        List<EvidenceFiles> layers = new ArrayList<>();
        Run<?, ?> run = release.run();
        if (run != null) {
            layers.add(new ArchivedFiles(run));
            RevisionFiles.of(run).ifPresent(layers::add);
        }
        if (node != null) {
            layers.add(new WorkspaceFiles(node.workspace()));
            return new LayeredFiles(layers);
        }
        boolean repository = layers.size() > 1;
        EvidenceFiles kept = new LayeredFiles(layers);
        return glob -> {
            var found = kept.find(glob);
            if (found.isEmpty()) {
                throw new UnavailableException(
                        "the build has archived no '" + glob + "', "
                                + (repository
                                        ? "the revision has none, "
                                        : "the revision that is built can't be read without a checkout, ")
                                + "and there is no workspace here",
                        "archive the file before the gate, or run releaseGate inside node { }");
            }
            return found;
        };
    }

    @Override
    public EvidenceFiles filesOf(String build) {
        return glob -> new ArchivedFiles(OtherBuilds.find(release.job(), build)).find(glob);
    }

    @Override
    public Commands commands() {
        return node == null ? CheckContext.super.commands() : node.commands();
    }

    @Override
    public HttpCalls http() {
        return JenkinsHttp.of(user);
    }

    @Override
    public MetricReadings metrics() {
        return new SourceReadings(source, InstantSource.system());
    }

    @Override
    public Releases ledger() {
        return ledger(release.service());
    }

    @Override
    public Releases ledger(String service) {
        return new LedgerReleases(
                ServiceLedgers.of(service), ServiceOwners.get().believed(service));
    }

    @Override
    public Approvals approvals() {
        return new JenkinsApprovals(release);
    }

    @Override
    public BuildTests tests() {
        return new PublishedTests(release);
    }

    @Override
    public Fingerprints fingerprints() {
        return new JenkinsFingerprints();
    }

    @Override
    public List<FreezeWindow> freezes() {
        return policy.freezes(now);
    }

    @Override
    public boolean countsForProgression(String job) {
        return policy.countsForProgression(job);
    }
}
