// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.releaseguard.http.Endpoint;
import io.jenkins.plugins.releaseguard.jenkins.credential.CredentialsField;
import io.jenkins.plugins.releaseguard.jenkins.credential.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * A chat's or pager's webhook. Whoever knows such an address can write there, so the address itself is a secret text among
 * the credentials.
 */
@Restricted(NoExternalUse.class)
public final class WebhookSetup extends ChannelSetup {
    private final String credentialsId;
    private String field = Webhook.TEXT;

    /** @param credentialsId of a secret text that holds the whole address */
    @DataBoundConstructor
    public WebhookSetup(String id, String credentialsId) {
        super(id);
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** XStream runs no constructor: what a file leaves out is null. */
    private Object readResolve() {
        setField(field);
        return this;
    }

    @Override
    public Optional<String> lacks() {
        return super.lacks().or(() -> StoredSetups.empty("credentialsId", credentialsId));
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** The JSON field that takes the message. */
    public String getField() {
        return field;
    }

    @DataBoundSetter
    public void setField(String field) {
        this.field = Util.fixEmptyAndTrim(field) == null ? Webhook.TEXT : field.trim();
    }

    @Override
    public Optional<List<String>> addresses(ItemGroup<?> context) {
        return Optional.of(List.of(Secrets.address(credentialsId, context)));
    }

    @Override
    public Channel connect(ItemGroup<?> context) {
        return new Webhook(getId(), new Endpoint(Secrets.address(credentialsId, context), Map::of), field);
    }

    @Extension
    @Symbol("webhook")
    public static final class DescriptorImpl extends ChannelDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.WebhookSetup_DisplayName();
        }

        public String getDefaultField() {
            return Webhook.TEXT;
        }

        @RequirePOST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return CredentialsField.fillTexts(item, credentialsId);
        }

        @RequirePOST
        public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            return CredentialsField.check(item, "", value);
        }

        @RequirePOST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String id,
                @QueryParameter String credentialsId,
                @QueryParameter String field)
                throws InterruptedException {
            WebhookSetup setup = new WebhookSetup(id, credentialsId);
            setup.setField(field);
            return setup.credentialsId == null && CredentialsField.mayConfigure(item)
                    ? FormValidation.error(Messages.WebhookSetup_NoAddress())
                    : tell(item, setup);
        }
    }
}
