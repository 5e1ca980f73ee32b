// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.policy;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdParser;
import io.jenkins.plugins.releaseguard.contract.policy.RequiredCheck;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.FieldType;
import io.jenkins.plugins.releaseguard.jenkins.catalog.ReleaseCatalog;
import io.jenkins.plugins.releaseguard.jenkins.credential.CredentialsField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A check that each contract must have among its blocking criteria, with limits that its own must be as strict as. */
@Restricted(NoExternalUse.class)
public final class RequiredCheckSetup extends AbstractDescribableImpl<RequiredCheckSetup> {
    private final String kind;
    private String limits;

    /** @param kind as under {@code verify}, for example {@code tests} */
    @DataBoundConstructor
    public RequiredCheckSetup(String kind) {
        this.kind = Util.fixNull(kind).trim();
    }

    /** Empty where a stored file has none. */
    public String getKind() {
        return Util.fixNull(kind);
    }

    /** The field without which it can't be held, where it is empty. */
    public Optional<String> lacks() {
        return getKind().isEmpty() ? Optional.of("kind") : Optional.empty();
    }

    /** One a line, as {@code passRate: ">95%"}; null for none. */
    public String getLimits() {
        return limits;
    }

    @DataBoundSetter
    public void setLimits(String limits) {
        this.limits = Util.fixEmptyAndTrim(limits);
    }

    /** @throws ContractException what can't be understood, with the line */
    RequiredCheck read(String where) throws ContractException {
        Position at = new Position(where, 1, 1);
        if (ReleaseCatalog.get().specs().check(getKind()).isEmpty()) {
            throw PolicyProblem.of(at, "there is no check '" + getKind() + "'", "one of " + String.join(", ", kinds()));
        }
        Map<String, Threshold> read = new LinkedHashMap<>();
        List<String> lines = limits == null ? List.of() : limits.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).trim();
            if (line.isEmpty()) {
                continue;
            }
            Position here = new Position(where, i + 1, 1);
            int colon = line.indexOf(':');
            String field = colon < 0 ? "" : line.substring(0, colon).trim();
            if (!fields().contains(field)) {
                throw PolicyProblem.of(
                        here,
                        "the check " + kind + " has no limit '" + field + "'",
                        fields().isEmpty() ? "leave the limits empty" : "one of " + String.join(", ", fields()));
            }
            read.put(field, ThresholdParser.limit(unquoted(line.substring(colon + 1)), here));
        }
        return new RequiredCheck(kind, read);
    }

    private List<String> fields() {
        return ReleaseCatalog.get().specs().check(kind).orElseThrow().shape().fields().stream()
                .filter(field -> field.type() == FieldType.THRESHOLD)
                .map(Field::name)
                .toList();
    }

    private static Set<String> kinds() {
        return ReleaseCatalog.get().specs().checks().keySet();
    }

    private static String unquoted(String text) {
        String plain = text.trim();
        return plain.length() > 1 && plain.startsWith("\"") && plain.endsWith("\"")
                ? plain.substring(1, plain.length() - 1)
                : plain;
    }

    @Extension
    @Symbol("requiredCheck")
    public static final class DescriptorImpl extends Descriptor<RequiredCheckSetup> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RequiredCheckSetup_DisplayName();
        }

        @RequirePOST
        public ListBoxModel doFillKindItems(@AncestorInPath Item item) {
            CredentialsField.checkRead(item);
            ListBoxModel items = new ListBoxModel();
            kinds().forEach(items::add);
            return items;
        }

        @RequirePOST
        public FormValidation doCheckLimits(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String kind) {
            if (!CredentialsField.mayConfigure(item)) {
                return FormValidation.ok();
            }
            RequiredCheckSetup setup = new RequiredCheckSetup(kind);
            setup.setLimits(value);
            try {
                setup.read("limits");
                return FormValidation.ok();
            } catch (ContractException e) {
                return PolicyProblem.said(e);
            }
        }
    }
}
