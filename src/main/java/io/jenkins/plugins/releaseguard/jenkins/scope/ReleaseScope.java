// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import hudson.Util;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupUser;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.journal.ContractOrigin;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A release as evidence and effects see it: what it is, the build and the folder that it belongs to, the node that it stands in.
 * Answers are those of now; a build that is gone is null, not an error. Safe for several threads.
 */
@Restricted(NoExternalUse.class)
public interface ReleaseScope {
    /** Of the release; safe as a folder's name. */
    String id();

    String service();

    String environment();

    /** As frozen when the release began. */
    Contract contract();

    /** Where the contract was read; null in records of older versions. */
    ContractOrigin contractOrigin();

    /** The build that it belongs to, which may be gone by now. */
    ReleaseBuild build();

    /** The build, null where it is gone. */
    default Run<?, ?> run() {
        return build().run();
    }

    /** The build's job, null where it is gone. */
    default Job<?, ?> job() {
        return build().job();
    }

    /** Those who started the build and wrote its changes, as known when the release was opened. */
    Makers makers();

    /** The folder whose set-up steers the traffic: the job's own when the release began, also where the job is gone or elsewhere. */
    default ItemGroup<?> place() {
        return build().place();
    }

    /** The release as whoever uses what is set up. */
    default SetupUser user() {
        return new SetupUser(place(), environment(), build().jobName());
    }

    /**
     * A router that the contract names.
     *
     * @throws EffectException it isn't set up, or wrongly
     */
    default TrafficRouter router(String id) throws EffectException {
        return Setups.router(user().inMotion(), id);
    }

    /** Where people see the release: an address, or the build's name where Jenkins doesn't know its own. */
    default String page() {
        return run() == null ? openPage() : build().page();
    }

    /** Its page among all that are open, which needs no build: an address, or a path below Jenkins' own where that isn't known. */
    default String openPage() {
        return Util.fixNull(Jenkins.get().getRootUrl()) + "release-guard/release/" + id() + "/";
    }

    /** Why there is no build any more; null while there is one. */
    String orphan();

    /** The breach that is being answered; null for none. */
    Event.Breached breach();

    /**
     * Everybody's word so far, oldest first.
     *
     * @throws IOException it can't be read
     */
    List<SignOff> signOffs() throws IOException;

    /** A node that a step of the release stands in; empty where none does. May take a while. */
    Optional<NodeContext> node() throws InterruptedException;
}
