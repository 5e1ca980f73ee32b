// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.ExtensionPoint;
import hudson.Util;
import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RecordedRouter;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.Beta;

/** A traffic router with its address; contracts name it by {@code id}. */
@Restricted(Beta.class)
public abstract class RouterSetup extends BoundSetup<RouterSetup> implements ExtensionPoint {
    private final String id;

    protected RouterSetup(String id) {
        this.id = id;
    }

    /** Empty where a stored file has none. */
    @Override
    public String getId() {
        return Util.fixNull(id);
    }

    @Override
    public Optional<String> lacks() {
        return StoredSetups.empty("id", id);
    }

    /**
     * The router to move traffic with. No call is made yet.
     *
     * @param context where credentials are looked up: where this was set up, never where it is used
     * @throws EffectException what was set up can't work
     */
    public abstract TrafficRouter connect(ItemGroup<?> context) throws EffectException;

    /**
     * Where it is, for {@code release-guard rollback} on a day without Jenkins: kept in the release's record, so never with a
     * secret. Empty where it can't be reached without one, or the command line doesn't know its kind.
     */
    public Optional<RecordedRouter> recorded() {
        return Optional.empty();
    }
}
