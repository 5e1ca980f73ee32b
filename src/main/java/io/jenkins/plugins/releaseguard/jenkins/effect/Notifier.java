// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.effect;

import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.jenkins.config.Channel;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tells people through the channels that are set up. */
@Restricted(NoExternalUse.class)
public final class Notifier {
    private static final Logger LOGGER = Logger.getLogger(Notifier.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final ReleaseScope release;

    public Notifier(ReleaseScope release) {
        this.release = release;
    }

    /**
     * Something that people must look at now: everybody that any rollback entry would tell is told.
     *
     * @throws EffectException where nobody could be told; one channel that took it is enough
     */
    public void call(String what) throws EffectException, InterruptedException {
        List<String> channels = release.contract().entries(RollbackEntry.class).stream()
                .flatMap(entry -> entry.notification().stream())
                .distinct()
                .toList();
        LOGGER.log(Level.SEVERE, () -> release.id() + ": " + what);
        if (channels.isEmpty()) {
            throw new EffectException("no Rollback entry names a notification");
        }
        List<String> failed = failures(channels, about(what, null));
        if (!failed.isEmpty()) {
            LOGGER.log(Level.SEVERE, () -> release.id() + " could not call " + String.join(", ", failed));
        }
        if (failed.size() == channels.size()) {
            throw new EffectException("could not tell " + String.join(", ", failed));
        }
    }

    /** The message with the facts behind it. */
    String about(String message, String entry) {
        Event.Breached breach = release.breach();
        return (message.isBlank() ? "" : message + " ")
                + release.service() + " " + release.contract().release().version() + " in "
                + release.environment()
                + (entry == null ? "" : ", " + entry)
                + (breach == null ? "" : ": " + breach.reason()) + " (" + release.page() + ")";
    }

    /** All channels are tried; what failed is said once, with every channel it failed for. */
    void tell(List<String> channels, String text) throws EffectException, InterruptedException {
        List<String> failed = failures(channels, text);
        if (!failed.isEmpty()) {
            throw new EffectException("could not tell " + String.join(", ", failed));
        }
    }

    private List<String> failures(List<String> channels, String text) throws InterruptedException {
        List<String> failed = new ArrayList<>();
        for (String id : channels) {
            try {
                Channel channel = Setups.channel(release.place(), id)
                        .orElseThrow(() -> new EffectException("no such channel is set up"));
                channel.tell(text, LIMIT);
            } catch (IOException | EffectException | IllegalStateException e) {
                failed.add(id + " (" + e.getMessage() + ")");
            } catch (RuntimeException | LinkageError e) {
                // a channel of another plugin: what it says may quote an address that is secret, and isn't logged
                // either
                failed.add(id + " (" + e.getClass().getSimpleName() + ")");
            }
        }
        return failed;
    }
}
