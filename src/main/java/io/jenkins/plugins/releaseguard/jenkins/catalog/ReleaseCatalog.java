// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.catalog;

import hudson.ExtensionList;
import io.jenkins.plugins.releaseguard.catalog.Catalog;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Which checks and actions there are in this Jenkins: the one place that contracts are read, checked and performed by. */
@Restricted(NoExternalUse.class)
public final class ReleaseCatalog {
    private static final Logger LOGGER = Logger.getLogger(ReleaseCatalog.class.getName());

    private static final Set<String> LEFT_OUT = ConcurrentHashMap.newKeySet();

    private ReleaseCatalog() {}

    /** Asked for at each use, never kept: plugins may come while Jenkins runs. */
    public static Catalog get() {
        Catalog catalog = Catalog.STANDARD;
        for (CheckExtension check : ExtensionList.lookup(CheckExtension.class)) {
            catalog = with(catalog, check, c -> c.with(List.of(check), List.of()));
        }
        for (ActionExtension action : ExtensionList.lookup(ActionExtension.class)) {
            catalog = with(catalog, action, c -> c.with(List.of(), List.of(action)));
        }
        return catalog;
    }

    /** One that declares itself wrongly must not take the others' releases with it. */
    private static Catalog with(Catalog catalog, Object extension, UnaryOperator<Catalog> more) {
        try {
            return more.apply(catalog);
        } catch (RuntimeException | LinkageError e) {
            String name = extension.getClass().getName();
            // it is asked for at each use, and said once
            if (LEFT_OUT.add(name)) {
                LOGGER.log(Level.WARNING, e, () -> "Left out " + name);
            }
            return catalog;
        }
    }
}
