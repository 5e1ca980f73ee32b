// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.okhttp.api.JenkinsOkHttpClient;
import io.jenkins.plugins.releaseguard.http.SharedClient;
import io.jenkins.plugins.releaseguard.jenkins.credential.CredentialsField;
import io.jenkins.plugins.releaseguard.jenkins.credential.Secrets;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSettings;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A Prometheus, or anything that answers its query API. */
@Restricted(NoExternalUse.class)
public final class PrometheusSetup extends MetricSourceSetup {
    private final String url;
    private String credentialsId;
    private String canary = DescriptorImpl.CANARY;
    private String baseline = DescriptorImpl.BASELINE;
    private int timeout = DescriptorImpl.TIMEOUT;

    @DataBoundConstructor
    public PrometheusSetup(String id, String url) {
        super(id);
        this.url = Util.fixNull(url).trim();
    }

    public String getUrl() {
        return url;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** What {@code $track} stands for on the canary's side. */
    public String getCanary() {
        return canary;
    }

    @DataBoundSetter
    public void setCanary(String canary) {
        this.canary = Util.fixEmptyAndTrim(canary) == null ? DescriptorImpl.CANARY : canary.trim();
    }

    public String getBaseline() {
        return baseline;
    }

    @DataBoundSetter
    public void setBaseline(String baseline) {
        this.baseline = Util.fixEmptyAndTrim(baseline) == null ? DescriptorImpl.BASELINE : baseline.trim();
    }

    /** In seconds, how long a query may take. */
    public int getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = timeout;
    }

    /** As it was set up before a timeout could be said; XStream runs no constructor: what a file leaves out is null. */
    private Object readResolve() {
        PrometheusSetup read = url == null ? new PrometheusSetup(getId(), null) : this;
        read.setCredentialsId(credentialsId);
        read.setCanary(canary);
        read.setBaseline(baseline);
        read.setTimeout(timeout == 0 ? DescriptorImpl.TIMEOUT : timeout);
        read.setUse(this);
        return read;
    }

    @Override
    public Optional<String> lacks() {
        return super.lacks().or(() -> StoredSetups.empty("url", url));
    }

    @Override
    public Optional<List<String>> addresses(ItemGroup<?> context) {
        return Optional.of(List.of(url));
    }

    @Override
    public MetricSource connect(ItemGroup<?> context) throws SourceException {
        try {
            if (timeout < 1 || timeout > DescriptorImpl.LONGEST_TIMEOUT) {
                throw new IllegalArgumentException(
                        "its timeout is " + timeout + " s, and can be 1 to " + DescriptorImpl.LONGEST_TIMEOUT + " s");
            }
            PrometheusSettings settings = PrometheusSettings.of(new URI(url))
                    .withTracks(canary, baseline)
                    .withTimeout(Duration.ofSeconds(timeout))
                    .with(Secrets.authorization(credentialsId, url, context));
            OkHttpClient client =
                    JenkinsOkHttpClient.newClientBuilder(SharedClient.get()).build();
            return new PrometheusSource(settings, client);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new SourceException("The metric source '" + getId() + "' is set up wrongly: " + e.getMessage(), e);
        }
    }

    @Extension
    @Symbol("prometheus")
    public static final class DescriptorImpl extends BoundDescriptor<MetricSourceSetup> {
        static final String CANARY = "canary";
        static final String BASELINE = "baseline";
        static final int TIMEOUT = 5;

        /** A look takes no longer. */
        static final int LONGEST_TIMEOUT = 15;

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.PrometheusSetup_DisplayName();
        }

        public String getDefaultCanary() {
            return CANARY;
        }

        public String getDefaultBaseline() {
            return BASELINE;
        }

        public int getDefaultTimeout() {
            return TIMEOUT;
        }

        public int getLongestTimeout() {
            return LONGEST_TIMEOUT;
        }

        @RequirePOST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String url, @QueryParameter String credentialsId) {
            return CredentialsField.fill(item, url, credentialsId);
        }

        @RequirePOST
        public FormValidation doCheckCredentialsId(
                @AncestorInPath Item item, @QueryParameter String url, @QueryParameter String value) {
            return CredentialsField.check(item, url, value);
        }

        @RequirePOST
        public FormValidation doCheckId(@AncestorInPath Item item, @QueryParameter String value) {
            return SetupIds.check(item, value);
        }

        @RequirePOST
        public FormValidation doCheckUrl(@AncestorInPath Item item, @QueryParameter String value) {
            if (!CredentialsField.mayConfigure(item)) {
                return FormValidation.ok();
            }
            try {
                PrometheusSettings.of(new URI(value.trim()));
                return FormValidation.ok();
            } catch (URISyntaxException | IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @RequirePOST
        public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return CredentialsField.mayConfigure(item)
                    ? FormValidation.validateIntegerInRange(value, 1, LONGEST_TIMEOUT)
                    : FormValidation.ok();
        }

        /** Asks for a constant. The answer's body isn't shown. */
        @RequirePOST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String id,
                @QueryParameter String url,
                @QueryParameter String credentialsId,
                @QueryParameter String timeout)
                throws InterruptedException {
            CredentialsField.checkConfigure(item);
            PrometheusSetup setup = new PrometheusSetup(id, url);
            setup.setCredentialsId(credentialsId);
            setup.setTimeout(Objects.requireNonNull(Util.tryParseNumber(timeout, TIMEOUT))
                    .intValue());
            Optional<FormValidation> refused = ConnectionTests.refused(setup, item);
            if (refused.isPresent()) {
                return refused.get();
            }
            try {
                ConnectionTests.prometheus(setup.connect(CredentialsField.context(item)));
                return FormValidation.ok(Messages.Connection_Works());
            } catch (SourceException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
