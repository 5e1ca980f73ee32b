// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config.mail;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.jenkins.config.Channel;
import io.jenkins.plugins.releaseguard.jenkins.config.ChannelSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.Messages;
import io.jenkins.plugins.releaseguard.jenkins.config.StoredSetups;
import io.jenkins.plugins.releaseguard.jenkins.credential.CredentialsField;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Mail addresses, reached by the server that Jenkins' plugin for mail is set up with. */
@Restricted(NoExternalUse.class)
public final class MailSetup extends ChannelSetup {
    private final String to;

    /** @param to addresses, separated by commas or blanks */
    @DataBoundConstructor
    public MailSetup(String id, String to) {
        super(id);
        this.to = Util.fixNull(to).trim();
    }

    /** XStream runs no constructor: what a file leaves out is null. */
    private Object readResolve() {
        if (to != null) {
            return this;
        }
        MailSetup read = new MailSetup(getId(), null);
        read.setUse(this);
        return read;
    }

    @Override
    public Optional<String> lacks() {
        return super.lacks().or(() -> StoredSetups.empty("to", to));
    }

    public String getTo() {
        return to;
    }

    /** None: Jenkins' own mail server takes it. */
    @Override
    public Optional<List<String>> addresses(ItemGroup<?> context) {
        return Optional.of(List.of());
    }

    @Override
    public Channel connect(ItemGroup<?> context) {
        return new Letter(to);
    }

    @OptionalExtension(requirePlugins = "mailer")
    @Symbol("mail")
    public static final class DescriptorImpl extends ChannelDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.MailSetup_DisplayName();
        }

        @RequirePOST
        public FormValidation doCheckTo(@AncestorInPath Item item, @QueryParameter String value) {
            if (!CredentialsField.mayConfigure(item)) {
                return FormValidation.ok();
            }
            try {
                Letter.addresses(value);
                return FormValidation.ok();
            } catch (IOException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @RequirePOST
        public FormValidation doTestConnection(
                @AncestorInPath Item item, @QueryParameter String id, @QueryParameter String to)
                throws InterruptedException {
            return tell(item, new MailSetup(id, to));
        }
    }
}
