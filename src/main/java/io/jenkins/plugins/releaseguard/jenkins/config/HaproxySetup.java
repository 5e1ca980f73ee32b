// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.HaproxyRouter;
import io.jenkins.plugins.releaseguard.effect.router.HaproxySettings;
import io.jenkins.plugins.releaseguard.effect.router.MapShare;
import io.jenkins.plugins.releaseguard.effect.router.RecordedRouter;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.jenkins.credential.CredentialsField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A HAProxy backend, reached by its runtime API. */
@Restricted(NoExternalUse.class)
public final class HaproxySetup extends RouterSetup {
    private final String address;
    private final String backend;
    private final String canary;
    private final String baseline;
    private boolean maintenanceAtZero;
    /** Null in files of older versions. */
    private String masters;

    private boolean agentsKeepWeights;

    /** This and the next are null, and the last is 0, in files of older versions. */
    private String canaryBackend;

    private String map;
    private String mapKey;
    private int mapParts;

    @DataBoundConstructor
    public HaproxySetup(String id, String address, String backend, String canary, String baseline) {
        super(id);
        this.address = Util.fixNull(address).trim();
        this.backend = Util.fixNull(backend).trim();
        this.canary = Util.fixNull(canary).trim();
        this.baseline = Util.fixNull(baseline).trim();
    }

    /** XStream runs no constructor: what a file leaves out is null. */
    private Object readResolve() {
        if (address != null && backend != null && canary != null && baseline != null) {
            return this;
        }
        HaproxySetup read = new HaproxySetup(getId(), address, backend, canary, baseline);
        read.setMaintenanceAtZero(maintenanceAtZero);
        read.setMasters(masters);
        read.setAgentsKeepWeights(agentsKeepWeights);
        read.setCanaryBackend(canaryBackend);
        read.setMap(map);
        read.setMapKey(mapKey);
        read.setMapParts(mapParts);
        read.setUse(this);
        return read;
    }

    @Override
    public Optional<String> lacks() {
        return super.lacks()
                .or(() -> StoredSetups.empty("address", address))
                .or(() -> StoredSetups.empty("backend", backend))
                .or(() -> getCanaryBackend().isEmpty()
                        ? StoredSetups.empty("canary", canary)
                        : StoredSetups.empty("map", map));
    }

    public String getAddress() {
        return address;
    }

    public String getBackend() {
        return backend;
    }

    /** Server names separated by commas; a name may end in {@code *}. */
    public String getCanary() {
        return canary;
    }

    /** The same; empty for every other server of the backend. */
    public String getBaseline() {
        return baseline;
    }

    public boolean isMaintenanceAtZero() {
        return maintenanceAtZero;
    }

    @DataBoundSetter
    public void setMaintenanceAtZero(boolean maintenanceAtZero) {
        this.maintenanceAtZero = maintenanceAtZero;
    }

    /** Sockets of the masters separated by commas, one for each address; empty where they aren't known. */
    public String getMasters() {
        return Util.fixNull(masters);
    }

    @DataBoundSetter
    public void setMasters(String masters) {
        this.masters = Util.fixNull(masters).trim();
    }

    /** Whether agent-checks are known to answer without a weight. */
    public boolean isAgentsKeepWeights() {
        return agentsKeepWeights;
    }

    @DataBoundSetter
    public void setAgentsKeepWeights(boolean agentsKeepWeights) {
        this.agentsKeepWeights = agentsKeepWeights;
    }

    /** Where the canary's servers are, if not in {@link #getBackend}; else empty. */
    public String getCanaryBackend() {
        return Util.fixNull(canaryBackend);
    }

    @DataBoundSetter
    public void setCanaryBackend(String canaryBackend) {
        this.canaryBackend = Util.fixNull(canaryBackend).trim();
    }

    /** The file, as it stands in haproxy.cfg, of the map that sends users to the canary's backend. */
    public String getMap() {
        return Util.fixNull(map);
    }

    @DataBoundSetter
    public void setMap(String map) {
        this.map = Util.fixNull(map).trim();
    }

    /** Of the entry with the share; empty for a map of numbers. */
    public String getMapKey() {
        return Util.fixNull(mapKey);
    }

    @DataBoundSetter
    public void setMapKey(String mapKey) {
        this.mapKey = Util.fixNull(mapKey).trim();
    }

    /** How many numbers the frontend's {@code rand} draws from. */
    public int getMapParts() {
        return mapParts == 0 ? MapShare.USUAL : mapParts;
    }

    @DataBoundSetter
    public void setMapParts(int mapParts) {
        this.mapParts = mapParts;
    }

    private List<String> everyAddress() {
        List<String> all = new ArrayList<>(HaproxySettings.addresses(address));
        all.addAll(HaproxySettings.addresses(getMasters()));
        return all;
    }

    @Override
    public Optional<List<String>> addresses(ItemGroup<?> context) {
        return Optional.of(everyAddress());
    }

    @Override
    public TrafficRouter connect(ItemGroup<?> context) throws EffectException {
        if (everyAddress().stream().anyMatch(one -> one.startsWith("/")) && context != Jenkins.get()) {
            throw new EffectException("The router '" + getId()
                    + "' names a socket on the controller: only administrators may, in the controller's configuration");
        }
        try {
            return new HaproxyRouter(settings());
        } catch (IllegalArgumentException e) {
            throw new EffectException("The router '" + getId() + "' is set up wrongly: " + e.getMessage());
        }
    }

    @Override
    public Optional<RecordedRouter> recorded() {
        try {
            return Optional.of(RecordedRouter.of(settings()));
        } catch (IllegalArgumentException e) {
            // whoever connects is told
            return Optional.empty();
        }
    }

    private HaproxySettings settings() {
        HaproxySettings settings = HaproxySettings.of(address, backend, names(canary), names(baseline), mapShare())
                .withMasters(HaproxySettings.addresses(getMasters()));
        settings = agentsKeepWeights ? settings.withAgentsThatKeepWeights() : settings;
        return maintenanceAtZero ? settings.withMaintenanceAtZero() : settings;
    }

    /** Null where one backend has both sides. */
    private MapShare mapShare() {
        if (getCanaryBackend().isEmpty()) {
            if (!getMap().isEmpty() || !getMapKey().isEmpty()) {
                throw new IllegalArgumentException("A map is named, and no backend of the canary: name the backend to"
                        + " which the map sends users, or no map");
            }
            return null;
        }
        return new MapShare(getMap(), getMapKey(), getMapParts(), getCanaryBackend());
    }

    private static List<String> names(String text) {
        return Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    @Extension
    @Symbol("haproxy")
    public static final class DescriptorImpl extends BoundDescriptor<RouterSetup> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HaproxySetup_DisplayName();
        }

        @RequirePOST
        public FormValidation doCheckId(@AncestorInPath Item item, @QueryParameter String value) {
            return SetupIds.check(item, value);
        }

        @RequirePOST
        public FormValidation doCheckAddress(@AncestorInPath Item item, @QueryParameter String value) {
            if (!CredentialsField.mayConfigure(item)) {
                return FormValidation.ok();
            }
            try {
                new HaproxySetup("router", value, "backend", "canary", "").connect(CredentialsField.context(item));
                return FormValidation.ok();
            } catch (EffectException e) {
                return FormValidation.error(Messages.HaproxySetup_NoAddress());
            }
        }

        @RequirePOST
        public FormValidation doCheckBackend(@AncestorInPath Item item, @QueryParameter String value) {
            return needed(item, value);
        }

        @RequirePOST
        public FormValidation doCheckCanary(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String canaryBackend) {
            return Util.fixNull(canaryBackend).isBlank() ? needed(item, value) : FormValidation.ok();
        }

        /** With what the map is read by, since only both together can be right. */
        @RequirePOST
        public FormValidation doCheckMap(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @QueryParameter String mapKey,
                @QueryParameter String mapParts,
                @QueryParameter String canaryBackend) {
            boolean none =
                    Util.fixNull(value).isBlank() && Util.fixNull(canaryBackend).isBlank();
            if (none || !CredentialsField.mayConfigure(item)) {
                return FormValidation.ok();
            }
            if (!Util.fixNull(mapParts).trim().matches("[0-9]{0,7}")) {
                return FormValidation.error(Messages.HaproxySetup_NoParts());
            }
            HaproxySetup setup = new HaproxySetup("router", "localhost:1", "the-other", "", "");
            setup.setCanaryBackend(canaryBackend);
            setup.setMap(value);
            setup.setMapKey(mapKey);
            setup.setMapParts(parts(mapParts));
            try {
                setup.settings();
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        private static int parts(String text) {
            String digits = Util.fixNull(text).trim();
            return digits.matches("[0-9]{1,7}") ? Integer.parseInt(digits) : 0;
        }

        private static FormValidation needed(Item item, String value) {
            return CredentialsField.mayConfigure(item) ? FormValidation.validateRequired(value) : FormValidation.ok();
        }

        /** Reads the weights; moves nothing. Only administrators see what an address that is no HAProxy answers. */
        @RequirePOST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String id,
                @QueryParameter String address,
                @QueryParameter String backend,
                @QueryParameter String canary,
                @QueryParameter String baseline,
                @QueryParameter String masters,
                @QueryParameter boolean maintenanceAtZero,
                @QueryParameter boolean agentsKeepWeights,
                @QueryParameter String canaryBackend,
                @QueryParameter String map,
                @QueryParameter String mapKey,
                @QueryParameter String mapParts)
                throws InterruptedException {
            CredentialsField.checkConfigure(item);
            HaproxySetup setup = new HaproxySetup(id, address, backend, canary, baseline);
            setup.setMasters(masters);
            setup.setMaintenanceAtZero(maintenanceAtZero);
            setup.setAgentsKeepWeights(agentsKeepWeights);
            setup.setCanaryBackend(canaryBackend);
            setup.setMap(map);
            setup.setMapKey(mapKey);
            setup.setMapParts(parts(mapParts));
            Optional<FormValidation> refused = ConnectionTests.refused(setup, item);
            if (refused.isPresent()) {
                return refused.get();
            }
            try {
                return RouterTrial.of(setup.connect(CredentialsField.context(item)));
            } catch (EffectException e) {
                return FormValidation.error(item == null ? e.getMessage() : e.withoutAnswer());
            }
        }
    }
}
