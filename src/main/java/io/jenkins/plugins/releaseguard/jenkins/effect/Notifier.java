// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.effect;

import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.jenkins.config.Channel;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupUser;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.text.Shown;
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
        List<String> channels = Channels.of(release.contract());
        LOGGER.log(Level.SEVERE, () -> release.id() + ": " + what);
        if (channels.isEmpty()) {
            throw new EffectException("no Rollback entry names a notification");
        }
        List<String> failed = failures(release.user().inMotion(), channels, about(what, null));
        if (!failed.isEmpty()) {
            LOGGER.log(Level.SEVERE, () -> release.id() + " could not call " + String.join(", ", failed));
        }
        if (failed.size() == channels.size()) {
            throw new EffectException("could not tell " + String.join(", ", failed));
        }
    }

    /**
     * Calls people about a release that nobody drives: over the channels that its rollback entries tell, or over all that its place has.
     *
     * @return whether a channel took it
     */
    public boolean reach(String what) throws InterruptedException {
        LOGGER.log(Level.SEVERE, () -> release.id() + ": " + what);
        return reach(release.user().inMotion(), Channels.of(release.contract()), about(what, null));
    }

    /** The same where there is no more than a place and a text; no channels for all that the place has. */
    public static boolean reach(ItemGroup<?> place, List<String> channels, String text) throws InterruptedException {
        return reach(SetupUser.at(place), channels, text);
    }

    private static boolean reach(SetupUser user, List<String> channels, String text) throws InterruptedException {
        List<String> asked = channels.isEmpty() ? Setups.channelIds(user) : channels;
        List<String> failed = failures(user, asked, text);
        if (!failed.isEmpty()) {
            LOGGER.log(Level.SEVERE, () -> "Could not tell " + String.join(", ", failed));
        }
        return failed.size() < asked.size();
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
        List<String> failed = failures(release.user().inMotion(), channels, text);
        if (!failed.isEmpty()) {
            throw new EffectException("could not tell " + String.join(", ", failed));
        }
    }

    private static List<String> failures(SetupUser user, List<String> channels, String text)
            throws InterruptedException {
        List<String> failed = new ArrayList<>();
        for (String id : channels) {
            try {
                Channel channel =
                        Setups.channel(user, id).orElseThrow(() -> new EffectException("no such channel is set up"));
                channel.tell(Shown.chat(text), LIMIT);
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
