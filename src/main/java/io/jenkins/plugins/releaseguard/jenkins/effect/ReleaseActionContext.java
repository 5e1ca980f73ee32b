// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.effect;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.action.ActionContext;
import io.jenkins.plugins.releaseguard.effect.command.Commands;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.http.HttpCalls;
import io.jenkins.plugins.releaseguard.jenkins.scope.JenkinsHttp;
import io.jenkins.plugins.releaseguard.jenkins.scope.NodeContext;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the actions of a procedure may use in Jenkins: what is set up for the release's place, its node, and other jobs. */
@Restricted(NoExternalUse.class)
public final class ReleaseActionContext implements ActionContext {
    private final ReleaseScope release;
    private final Notifier notifier;
    private final RollbackJob jobs;

    public ReleaseActionContext(ReleaseScope release, Notifier notifier) {
        this.release = release;
        this.notifier = notifier;
        this.jobs = new RollbackJob(release);
    }

    @Override
    public Contract contract() {
        return release.contract();
    }

    @Override
    public String release() {
        return release.id();
    }

    @Override
    public String environment() {
        return release.environment();
    }

    @Override
    public HttpCalls http() {
        return JenkinsHttp.of(release.user().inMotion());
    }

    @Override
    public Commands commands() throws EffectException, InterruptedException {
        Optional<NodeContext> node = release.node();
        if (node.isEmpty()) {
            throw new EffectException(
                    release.orphan() == null
                            ? "no step of this release stands in one"
                            : "the build is gone (" + release.orphan() + ")");
        }
        return node.get().commands();
    }

    @Override
    public TrafficRouter router(String id) throws EffectException {
        return release.router(id);
    }

    @Override
    public void tell(List<String> channels, String message, String entry) throws EffectException, InterruptedException {
        notifier.tell(channels, notifier.about(message, entry));
    }

    @Override
    public void startJob(String key, String name, Map<String, String> parameters, boolean wait)
            throws EffectException, InterruptedException {
        jobs.run(key, name, parameters, wait);
    }

    @Override
    public CompletableFuture<Void> startJobAsync(
            String key, String name, Map<String, String> parameters, boolean wait, Executor blocking) {
        return jobs.runAsync(key, name, parameters, wait);
    }
}
