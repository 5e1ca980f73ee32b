// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.credential;

import hudson.model.Item;
import hudson.model.ItemGroup;
import java.io.File;
import java.util.Collection;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A place that has a name and nothing else: a folder that was deleted while something still speaks for it, or a job at the root, whose
 * parent is the controller. It stands in where credentials are looked up: it has none of its own, and is not the controller, whose own
 * ones (of scope SYSTEM) it must not get.
 */
@Restricted(NoExternalUse.class)
public record NamedPlace(String fullName) implements ItemGroup<Item> {
    @Override
    public String getFullName() {
        return fullName;
    }

    @Override
    public String getFullDisplayName() {
        return fullName;
    }

    @Override
    public String getDisplayName() {
        return fullName;
    }

    @Override
    public Collection<Item> getItems() {
        return List.of();
    }

    @Override
    public Item getItem(String name) {
        return null;
    }

    @Override
    public String getUrl() {
        return "";
    }

    @Override
    public String getUrlChildPrefix() {
        return "job";
    }

    /** Where nothing of it lies. */
    @Override
    public File getRootDir() {
        return new File(Jenkins.get().getRootDir(), "jobs/" + fullName);
    }

    @Override
    public File getRootDirFor(Item child) {
        return new File(getRootDir(), child.getName());
    }

    @Override
    public void onDeleted(Item item) {
        // it has no items
    }

    @Override
    public void save() {
        // it has nothing to keep
    }
}
