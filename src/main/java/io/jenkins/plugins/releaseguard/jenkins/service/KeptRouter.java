// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.jenkins.config.RouterSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupKind;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups.Placed;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The router that a release was begun with, kept beside its record: it moves the traffic to the end, also where the job has another
 * folder by now, or the folder that had the router is gone. Holds no secret, only the credentials' id.
 */
final class KeptRouter {
    private static final Logger LOGGER = Logger.getLogger(KeptRouter.class.getName());
    private static final String FILE = "router.xml";

    private final OpenRelease release;

    KeptRouter(OpenRelease release) {
        this.release = release;
    }

    /**
     * Notes the router that is seen now.
     *
     * @return the full name of where it is set up; null where none is seen
     */
    String keep(String id) throws IOException {
        Optional<Placed<RouterSetup>> seen = Setups.seen(release.user(), SetupKind.ROUTER, id);
        if (seen.isEmpty()) {
            return null;
        }
        release.folder().writeText(FILE, Jenkins.XSTREAM2.toXML(seen.get().setup()));
        return seen.get().place().getFullName();
    }

    /** What it can't be asked stands in the record, and in the build's log, before anything moves. */
    void noteUnproven(String id) throws IOException {
        if (id == null || id.isEmpty()) {
            return;
        }
        try {
            for (String one : connect(id).unproven()) {
                release.record(new Event.Noted(NoteKind.NOTE, "The router '" + id + "': " + one + '.'));
            }
        } catch (EffectException e) {
            // whoever moves the traffic is told
            LOGGER.log(Level.FINE, e, () -> "Nothing is noted of the router '" + id + "'");
        }
    }

    /**
     * The router as it is set up now where it was set up then, for what is corrected there in the middle of a breach must help at once;
     * where it isn't any more, or is for others by now, as it was: what set-ups are for is never in the way back.
     */
    TrafficRouter connect(String id) throws EffectException {
        String name = release.info().routerPlace();
        if (name == null) {
            return Setups.router(release.user().inMotion(), id);
        }
        Optional<ItemGroup<?>> place = place(name);
        Optional<Placed<RouterSetup>> now = place.flatMap(group -> Setups.routerAt(release.user(), group, id));
        if (now.isPresent()) {
            return now.get().setup().connect(now.get().place());
        }
        RouterSetup kept = kept();
        return kept == null
                ? Setups.router(release.user().inMotion(), id)
                // credentials that only the controller may use must not become a folder's by its deletion
                : kept.connect(place.orElseGet(() -> Setups.gone(name)));
    }

    private static Optional<ItemGroup<?>> place(String name) {
        if (name.isEmpty()) {
            return Optional.of(Jenkins.get());
        }
        return Jenkins.get().getItemByFullName(name) instanceof ItemGroup<?> group
                ? Optional.of(group)
                : Optional.empty();
    }

    /** Null where it was never kept, or is of a plugin that is gone. */
    private RouterSetup kept() {
        try {
            String xml = release.folder().text(FILE);
            return xml != null && Jenkins.XSTREAM2.fromXML(xml) instanceof RouterSetup setup ? setup : null;
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The router that " + release.id() + " was begun with can't be read");
            return null;
        }
    }
}
