// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.evidence.FreezeWindow;
import io.jenkins.plugins.releaseguard.evidence.check.operation.FreezeText;
import io.jenkins.plugins.releaseguard.jenkins.credential.CredentialsField;
import io.jenkins.plugins.releaseguard.jenkins.policy.NameList;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A time in which nothing is released, beside those that a contract names itself. */
@Restricted(NoExternalUse.class)
public final class FreezeSetup extends AbstractDescribableImpl<FreezeSetup> {
    private static final Duration LONG = Duration.ofDays(365);

    private final String window;
    private String zone;
    private String reason;
    private String exceptions;

    /** @param window {@code 2026-12-20..2027-01-02} or {@code Fri 16:00..Mon 08:00} */
    @DataBoundConstructor
    public FreezeSetup(String window) {
        this.window = Util.fixNull(window).trim();
    }

    public String getWindow() {
        return window;
    }

    /** XStream runs no constructor. Without a window nobody knows when it is over: it holds until somebody says. */
    private Object readResolve() {
        if (window != null) {
            return this;
        }
        FreezeSetup read = new FreezeSetup(null);
        read.setZone(zone);
        read.setReason(reason);
        read.setExceptions(exceptions);
        return read;
    }

    /** The field without which it can't be understood, where it is empty. */
    public Optional<String> lacks() {
        return StoredSetups.empty("window", window);
    }

    /** Null for UTC. */
    public String getZone() {
        return zone;
    }

    @DataBoundSetter
    public void setZone(String zone) {
        this.zone = Util.fixEmptyAndTrim(zone);
    }

    public String getReason() {
        return reason;
    }

    @DataBoundSetter
    public void setReason(String reason) {
        this.reason = Util.fixEmptyAndTrim(reason);
    }

    /** Kinds of release that may go all the same, separated by commas; null for none. */
    public String getExceptions() {
        return exceptions;
    }

    @DataBoundSetter
    public void setExceptions(String exceptions) {
        this.exceptions = Util.fixEmptyAndTrim(exceptions);
    }

    /** The window as it lies around {@code now}. One that can't be read is open: nobody knows that it isn't. */
    public FreezeWindow at(Instant now) {
        try {
            FreezeWindow read = read(now);
            return reason == null
                    ? read
                    : new FreezeWindow(read.from(), read.until(), reason + " (" + window + ")", read.except());
        } catch (IOException | DateTimeException e) {
            return new FreezeWindow(now.minus(LONG), now.plus(LONG), e.getMessage(), List.of());
        }
    }

    private FreezeWindow read(Instant now) throws IOException {
        return FreezeText.parse(
                window,
                zone == null ? ZoneId.of("UTC") : ZoneId.of(zone),
                now,
                NameList.isOnlySeparators(exceptions) ? List.of() : NameList.of(exceptions));
    }

    @Extension
    @Symbol("freeze")
    public static final class DescriptorImpl extends Descriptor<FreezeSetup> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FreezeSetup_DisplayName();
        }

        @RequirePOST
        public FormValidation doCheckZone(@AncestorInPath Item item, @QueryParameter String value) {
            return !CredentialsField.mayConfigure(item) || isZone(value)
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.FreezeSetup_NoZone());
        }

        private static boolean isZone(String text) {
            String zone = Util.fixEmptyAndTrim(text);
            return zone == null || ZoneId.getAvailableZoneIds().contains(zone);
        }

        @RequirePOST
        public FormValidation doCheckExceptions(@AncestorInPath Item item, @QueryParameter String value) {
            return CredentialsField.mayConfigure(item) ? ListField.check(value) : FormValidation.ok();
        }

        @RequirePOST
        public FormValidation doCheckWindow(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String zone) {
            if (!CredentialsField.mayConfigure(item)) {
                return FormValidation.ok();
            }
            FreezeSetup setup = new FreezeSetup(value);
            // what is wrong with the zone is said there
            setup.setZone(isZone(zone) ? zone : null);
            try {
                FreezeWindow read = setup.read(Instant.now());
                return FormValidation.ok(Messages.FreezeSetup_Reads(read.from(), read.until()));
            } catch (IOException | DateTimeException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
