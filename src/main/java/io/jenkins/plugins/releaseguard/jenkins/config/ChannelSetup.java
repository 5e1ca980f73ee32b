// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.ExtensionPoint;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.jenkins.credential.CredentialsField;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.Beta;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Where people are told something; contracts name it by {@code id}. */
@Restricted(Beta.class)
public abstract class ChannelSetup extends BoundSetup<ChannelSetup> implements ExtensionPoint {
    private final String id;

    protected ChannelSetup(String id) {
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
     * The channel to tell. No call is made yet.
     *
     * @param context where credentials are looked up: where this was set up, never where it is used
     * @throws IllegalStateException where the address is gone; the message doesn't quote it
     */
    public abstract Channel connect(ItemGroup<?> context);

    /** What all channels' forms do the same. */
    public abstract static class ChannelDescriptor extends BoundDescriptor<ChannelSetup> {
        private static final Duration LIMIT = Duration.ofSeconds(10);

        @RequirePOST
        public FormValidation doCheckId(@AncestorInPath Item item, @QueryParameter String value) {
            return SetupIds.check(item, value);
        }

        /** Really tells something: nothing less shows that people would hear. */
        protected static FormValidation tell(Item item, ChannelSetup setup) throws InterruptedException {
            CredentialsField.checkConfigure(item);
            Optional<FormValidation> refused = ConnectionTests.refused(setup, item);
            if (refused.isPresent()) {
                return refused.get();
            }
            try {
                setup.connect(CredentialsField.context(item)).tell(Messages.ChannelSetup_Hello(), LIMIT);
                return FormValidation.ok(Messages.ChannelSetup_Told());
            } catch (IOException | IllegalStateException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
