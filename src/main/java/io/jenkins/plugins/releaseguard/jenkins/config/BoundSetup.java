// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.jenkins.credential.CredentialsField;
import io.jenkins.plugins.releaseguard.jenkins.policy.NameList;
import io.jenkins.plugins.releaseguard.text.Glob;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.Beta;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * What is set up under an id, for environments and jobs: a release to another environment, or of another job, can't use it. The
 * form's fields stand in {@code use.jelly}.
 *
 * @param <T> the kind of set-up
 */
@Restricted(Beta.class)
public abstract class BoundSetup<T extends BoundSetup<T>> extends AbstractDescribableImpl<T> {
    private String environments;
    private String jobs;

    /** By which contracts name it; empty where a stored file has none. */
    public abstract String getId();

    /** The field without which it can't work and which is empty, for administrators to be told; empty where all is there. */
    public abstract Optional<String> lacks();

    /** Patterns of the environments that it is for, separated by commas or lines; null for any. */
    public final String getEnvironments() {
        return environments;
    }

    @DataBoundSetter
    public final void setEnvironments(String environments) {
        this.environments = Util.fixEmptyAndTrim(environments);
    }

    /** Patterns of full names of the jobs that may use it; null for all that see it. */
    public final String getJobs() {
        return jobs;
    }

    @DataBoundSetter
    public final void setJobs(String jobs) {
        this.jobs = Util.fixEmptyAndTrim(jobs);
    }

    /** Takes over what another one is for: a set-up that is made anew when it is read stays as narrow as it was. */
    protected final void setUse(BoundSetup<?> from) {
        setEnvironments(from.environments);
        setJobs(from.jobs);
    }

    /**
     * Where it calls, for the administrator's list of addresses that folders may have: {@code http} and {@code https} addresses, or
     * {@code host:port}. None where it calls nobody by an address of its own; empty where it doesn't say, which no such list has.
     *
     * @param context where credentials are looked up
     * @throws IllegalStateException it is secret, and gone
     */
    public Optional<List<String>> addresses(ItemGroup<?> context) {
        return Optional.empty();
    }

    /** Why a release can't use it, as the end of "is set up …"; empty where it can. */
    final Optional<String> refusal(SetupUser user) {
        if (!matches(environments, user.environment())) {
            return Optional.of("for " + listed(environments) + ", and this release is to " + user.environment());
        }
        return matches(jobs, user.job())
                ? Optional.empty()
                : Optional.of("for the jobs " + listed(jobs) + ", and this release is of " + user.job());
    }

    /** The fields in which something was written and nothing named, for administrators to be told. */
    List<String> namesNothing() {
        return StoredSetups.onlySeparators(
                Map.of("environments", Objects.toString(environments, ""), "jobs", Objects.toString(jobs, "")));
    }

    private static boolean matches(String patterns, String name) {
        if (NameList.isOnlySeparators(patterns)) {
            return false;
        }
        List<String> all = NameList.of(patterns);
        return all.isEmpty() || all.stream().anyMatch(pattern -> Glob.matchesText(pattern, name));
    }

    private static String listed(String patterns) {
        return String.join(", ", NameList.orNothing(patterns));
    }

    /**
     * What the fields of {@code use.jelly} are checked with. A set-up whose descriptor isn't one of these has them too, unchecked.
     *
     * @param <T> the kind of set-up
     */
    public abstract static class BoundDescriptor<T extends BoundSetup<T>> extends Descriptor<T> {
        @RequirePOST
        public FormValidation doCheckEnvironments(@AncestorInPath Item item, @QueryParameter String value) {
            return CredentialsField.mayConfigure(item) ? ListField.check(value) : FormValidation.ok();
        }

        @RequirePOST
        public FormValidation doCheckJobs(@AncestorInPath Item item, @QueryParameter String value) {
            return CredentialsField.mayConfigure(item) ? ListField.check(value) : FormValidation.ok();
        }
    }
}
