// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.model.ItemGroup;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Who uses what is set up.
 *
 * @param place from which it is seen
 * @param environment that is released to
 * @param job full name of the job that releases
 * @param begun whether something may have been moved by now: what set-ups are for was asked before, and must not stand in the way back
 */
@Restricted(NoExternalUse.class)
public record SetupUser(ItemGroup<?> place, String environment, String job, boolean begun) {
    public SetupUser {
        environment = environment == null ? "" : environment;
        job = job == null ? "" : job;
    }

    public SetupUser(ItemGroup<?> place, String environment, String job) {
        this(place, environment, job, false);
    }

    /** Whoever calls people from a place where no more than that is known. */
    public static SetupUser at(ItemGroup<?> place) {
        return new SetupUser(place, "", "", true);
    }

    /** Whether it is known what is released, and by whom. */
    boolean isKnown() {
        return !environment.isEmpty() || !job.isEmpty();
    }

    public SetupUser inMotion() {
        return new SetupUser(place, environment, job, true);
    }

    /** The same, seen from another place. */
    SetupUser from(ItemGroup<?> other) {
        return new SetupUser(other, environment, job, begun);
    }
}
