// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.DescriptorExtensionList;
import hudson.ExtensionPoint;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.Beta;

/** A metric source with its address and credentials; contracts name it by {@code id}. */
@Restricted(Beta.class)
public abstract class MetricSourceSetup extends BoundSetup<MetricSourceSetup> implements ExtensionPoint {
    private final String id;

    protected MetricSourceSetup(String id) {
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
     * The source to ask. No call is made yet.
     *
     * @param context where credentials are looked up: where this was set up, never where it is used
     * @throws SourceException what was set up can't work
     */
    public abstract MetricSource connect(ItemGroup<?> context) throws SourceException;

    public static DescriptorExtensionList<MetricSourceSetup, Descriptor<MetricSourceSetup>> all() {
        return Jenkins.get().getDescriptorList(MetricSourceSetup.class);
    }
}
