// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.releaseguard.http.Authorization;
import io.jenkins.plugins.releaseguard.http.Endpoint;
import io.jenkins.plugins.releaseguard.http.EndpointBounds;
import io.jenkins.plugins.releaseguard.http.HttpCall;
import io.jenkins.plugins.releaseguard.jenkins.credential.CredentialsField;
import io.jenkins.plugins.releaseguard.jenkins.credential.Secrets;
import io.jenkins.plugins.releaseguard.jenkins.policy.NameList;
import io.jenkins.plugins.releaseguard.text.UrlPath;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** An HTTP address with its credentials, for checks, actions and messages; contracts name it by {@code id}. */
@Restricted(NoExternalUse.class)
public final class EndpointSetup extends BoundSetup<EndpointSetup> {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    private final String id;
    private final String url;
    private String credentialsId;
    private String methods;
    private String paths;

    @DataBoundConstructor
    public EndpointSetup(String id, String url) {
        this.id = Util.fixNull(id);
        this.url = Util.fixNull(url).trim();
    }

    /** XStream runs no constructor: what a file leaves out is null. */
    private Object readResolve() {
        if (id != null && url != null) {
            return this;
        }
        EndpointSetup read = new EndpointSetup(id, url);
        read.setCredentialsId(credentialsId);
        read.setMethods(methods);
        read.setPaths(paths);
        read.setUse(this);
        return read;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public Optional<String> lacks() {
        return StoredSetups.empty("id", id).or(() -> StoredSetups.empty("url", url));
    }

    @Override
    List<String> namesNothing() {
        List<String> fields = new ArrayList<>(super.namesNothing());
        fields.addAll(StoredSetups.onlySeparators(
                Map.of("methods", Objects.toString(methods, ""), "paths", Objects.toString(paths, ""))));
        return fields;
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

    /** Methods that contracts may use, separated by commas; null for those that only read. */
    public String getMethods() {
        return methods;
    }

    @DataBoundSetter
    public void setMethods(String methods) {
        this.methods = Util.fixEmptyAndTrim(methods);
    }

    /** Patterns of paths below the address, separated by commas or lines; null for all where it is only read, else none. */
    public String getPaths() {
        return paths;
    }

    @DataBoundSetter
    public void setPaths(String paths) {
        this.paths = Util.fixEmptyAndTrim(paths);
    }

    /** What contracts may call there. */
    public EndpointBounds bounds() {
        return new EndpointBounds(NameList.orNothing(methods), NameList.orNothing(paths));
    }

    /** Why a contract's call would be refused, as the end of "is set up …"; empty where it would be made. No call is made. */
    public Optional<String> refusal(String method, String path) {
        return new Endpoint(url, Map::of, bounds()).refusal(method, path);
    }

    @Override
    public Optional<List<String>> addresses(ItemGroup<?> context) {
        return Optional.of(List.of(url));
    }

    /** @param context where credentials are looked up: where this was set up, never where it is used */
    public Endpoint connect(ItemGroup<?> context) {
        Authorization authorization = Secrets.authorization(credentialsId, url, context);
        return new Endpoint(
                url,
                () -> {
                    String header = authorization.header();
                    return header == null ? Map.of() : Map.of("Authorization", header);
                },
                bounds());
    }

    /** Asks it once. What it says isn't for the person who asks. */
    private FormValidation test(ItemGroup<?> context) throws InterruptedException {
        if (HttpUrl.parse(url) == null) {
            return FormValidation.error(Messages.EndpointSetup_NoAddress());
        }
        Endpoint endpoint = connect(context);
        HttpCall call = new HttpCall("GET", id, "", Map.of(), null, LIMIT);
        try {
            int status =
                    ConfiguredHttp.to(name -> Optional.of(endpoint)).call(call).status();
            return switch (status) {
                case UNAUTHORIZED, FORBIDDEN -> FormValidation.error(Messages.EndpointSetup_NotAllowed(status));
                default ->
                    status < BAD_REQUEST
                            ? FormValidation.ok(Messages.EndpointSetup_Works(status))
                            : FormValidation.warning(Messages.EndpointSetup_Answers(status));
            };
        } catch (IOException | IllegalStateException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    @Extension
    @Symbol("endpoint")
    public static final class DescriptorImpl extends BoundDescriptor<EndpointSetup> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.EndpointSetup_DisplayName();
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
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String id,
                @QueryParameter String url,
                @QueryParameter String credentialsId)
                throws InterruptedException {
            CredentialsField.checkConfigure(item);
            EndpointSetup setup = new EndpointSetup(id.isEmpty() ? "test" : id, url);
            setup.setCredentialsId(credentialsId);
            Optional<FormValidation> refused = ConnectionTests.refused(setup, item);
            return refused.isPresent() ? refused.get() : setup.test(CredentialsField.context(item));
        }

        @RequirePOST
        public FormValidation doCheckMethods(@AncestorInPath Item item, @QueryParameter String value) {
            return told(
                    item,
                    value,
                    method -> METHODS.contains(method.toUpperCase(Locale.ROOT))
                            ? null
                            : Messages.EndpointSetup_NoMethod(method, String.join(", ", METHODS)));
        }

        @RequirePOST
        public FormValidation doCheckPaths(@AncestorInPath Item item, @QueryParameter String value) {
            return told(item, value, path -> {
                UrlPath.Fault fault = UrlPath.fault(path);
                return path.matches(".*[?#].*")
                        ? Messages.EndpointSetup_NoPath(path)
                        : fault == null ? null : Messages.EndpointSetup_WrongPath(path, fault.text());
            });
        }

        /** @param wrong what is wrong with one; null for nothing */
        private static FormValidation told(Item item, String value, UnaryOperator<String> wrong) {
            if (CredentialsField.mayConfigure(item) && NameList.isOnlySeparators(value)) {
                return FormValidation.error(Messages.EndpointSetup_OnlySeparators());
            }
            return CredentialsField.mayConfigure(item)
                    ? NameList.of(value).stream()
                            .map(wrong)
                            .filter(Objects::nonNull)
                            .findFirst()
                            .map(FormValidation::error)
                            .orElse(FormValidation.ok())
                    : FormValidation.ok();
        }

        @RequirePOST
        public FormValidation doCheckUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return !CredentialsField.mayConfigure(item) || HttpUrl.parse(value.trim()) != null
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.EndpointSetup_NoAddress());
        }
    }
}
