// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.releaseguard.contract.policy.SetupRule;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RecordedRouter;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.http.Endpoint;
import io.jenkins.plugins.releaseguard.jenkins.credential.NamedPlace;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Finds what is set up by the id that a contract gives, as seen from a job's folder: the nearest folder that has the id wins,
 * the controller comes last. There may be several of one id in a place, each for environments or jobs of its own. Credentials are
 * those of where it was set up.
 */
@Restricted(NoExternalUse.class)
public final class Setups {
    private Setups() {}

    /** Where to look, nearest first; the controller is always the last. */
    public static List<SetupScope> around(ItemGroup<?> place) {
        List<SetupScope> scopes = new ArrayList<>();
        ItemGroup<?> group = place;
        while (group != null && group != Jenkins.get()) {
            for (FolderScopes folders : ExtensionList.lookup(FolderScopes.class)) {
                folders.at(group).ifPresent(scopes::add);
            }
            group = group instanceof Item item ? item.getParent() : null;
        }
        scopes.add(ReleaseGuardConfiguration.get());
        return scopes;
    }

    /** All that is set up anywhere, whether or not the caller may see it: for what must not be missed, never to be shown. */
    public static List<SetupScope> everywhere() {
        List<SetupScope> scopes = new ArrayList<>();
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            for (FolderScopes folders : ExtensionList.lookup(FolderScopes.class)) {
                scopes.addAll(folders.all());
            }
        }
        scopes.add(ReleaseGuardConfiguration.get());
        return scopes;
    }

    /** The folder of a job, or what is left of its path where the job or folders above it are gone. */
    public static ItemGroup<?> folderOf(String jobFullName) {
        String path = jobFullName;
        while (path.contains("/")) {
            path = path.substring(0, path.lastIndexOf('/'));
            if (Jenkins.get().getItemByFullName(path) instanceof ItemGroup<?> group) {
                return group;
            }
        }
        return Jenkins.get();
    }

    /** A folder by its full name, empty for the controller; where it is gone, what is left of its path. */
    public static ItemGroup<?> folderAt(String fullName) {
        return fullName.isEmpty() ? Jenkins.get() : folderOf(fullName + "/.");
    }

    /** What stands for a folder that is gone, for its credentials alone: it has none, and never the controller's. */
    public static ItemGroup<?> gone(String fullName) {
        return new NamedPlace(fullName);
    }

    /**
     * @throws SourceException none of this id is set up, it isn't for the release, or it can't work
     */
    public static MetricSource source(SetupUser user, String id) throws SourceException {
        Found<MetricSourceSetup> found = find(user, SetupKind.SOURCE, id);
        Optional<Objection> against = found.against(user, false);
        if (against.isPresent()) {
            throw new SourceException(against.get().text());
        }
        return found.setup().connect(found.scope().context());
    }

    /**
     * @throws EffectException none of this id is set up, it isn't for the release, or it can't work
     */
    public static TrafficRouter router(SetupUser user, String id) throws EffectException {
        Found<RouterSetup> found = find(user, SetupKind.ROUTER, id);
        Optional<Objection> against = found.against(user, user.begun());
        if (against.isPresent()) {
            throw new EffectException(against.get().text());
        }
        return found.setup().connect(found.scope().context());
    }

    /** Where a router is, for a day without Jenkins; empty where it isn't set up, or can't be used without. */
    public static Optional<RecordedRouter> recorded(SetupUser user, String id) {
        Found<RouterSetup> found = find(user, SetupKind.ROUTER, id);
        return found.isDoubtful()
                ? Optional.empty()
                : Optional.ofNullable(found.setup()).flatMap(RouterSetup::recorded);
    }

    /** A set-up and where it stands. */
    public record Placed<T>(T setup, SetupScope scope) {
        public ItemGroup<?> place() {
            return scope.context();
        }
    }

    /** What is seen under this id, also where it isn't for the release. */
    public static <T extends BoundSetup<?>> Optional<Placed<T>> seen(SetupUser user, SetupKind<T> kind, String id) {
        Found<T> found = find(user, kind, id);
        return Optional.ofNullable(found.setup()).map(setup -> new Placed<>(setup, found.scope()));
    }

    /**
     * The router that is set up under this id in this very place, whatever others see from it; empty also where those that are there
     * are for others, or call where they may not.
     */
    public static Optional<Placed<RouterSetup>> routerAt(SetupUser user, ItemGroup<?> place, String id) {
        SetupUser there = new SetupUser(place, user.environment(), user.job());
        Found<RouterSetup> found = find(there, SetupKind.ROUTER, id);
        return found.against(there, false).isEmpty() && found.scope().context() == place
                ? Optional.of(new Placed<>(found.setup(), found.scope()))
                : Optional.empty();
    }

    /**
     * What is against using what a contract names.
     *
     * @param text a sentence's beginning
     * @param fix what to do about it
     */
    public record Objection(SetupRule rule, String text, String fix) {}

    /** Empty where it can be used. No call is made. */
    public static Optional<Objection> objection(SetupUser user, SetupKind<?> kind, String id) {
        return find(user, kind, id).against(user, false);
    }

    /**
     * Empty where none of this id is set up.
     *
     * @throws IllegalStateException it isn't for the release, or its credentials are gone; the message doesn't quote what is secret
     */
    public static Optional<Endpoint> endpoint(SetupUser user, String id) {
        Found<EndpointSetup> found = find(user, SetupKind.ENDPOINT, id);
        return found.setup() == null
                ? Optional.empty()
                : Optional.of(found.usable(user).connect(found.scope().context()));
    }

    /** The same for a channel; an endpoint is one too. */
    public static Optional<Channel> channel(SetupUser user, String id) {
        Found<ChannelSetup> found = find(user, SetupKind.CHANNEL, id);
        if (found.setup() != null) {
            return Optional.of(found.usable(user).connect(found.scope().context()));
        }
        return endpoint(user, id).map(endpoint -> new Webhook(id, endpoint, Webhook.TEXT));
    }

    /** All channels that are seen and may be used. */
    public static List<String> channelIds(SetupUser user) {
        return around(user.place()).stream()
                .flatMap(scope -> scope.getChannels().stream())
                .filter(channel ->
                        user.environment().isEmpty() || channel.refusal(user).isEmpty())
                .map(ChannelSetup::getId)
                .distinct()
                .toList();
    }

    /**
     * @param refusal why none of those in its place are for the release; null where this one is
     * @param among where all of this id are set up that can be seen; none where this one is for the release
     */
    private record Found<T extends BoundSetup<?>>(
            T setup,
            SetupScope scope,
            SetupKind<T> kind,
            String id,
            String refusal,
            List<String> among,
            List<String> known) {
        /** Whether a release in motion may have begun with another one of the same id. */
        boolean isDoubtful() {
            return refusal != null && among.size() > 1;
        }

        /** @param anywhere whether it may call wherever it does */
        Optional<Objection> against(SetupUser user, boolean anywhere) {
            if (setup == null) {
                return Optional.of(new Objection(
                        SetupRule.MISSING,
                        "No " + kind.word() + " '" + id
                                + "' is set up, neither in a folder above this job nor under Manage Jenkins, System, Release Guard;"
                                + " there is " + (known.isEmpty() ? "none" : String.join(", ", known)),
                        "name one of those, or have it set up"));
            }
            if (user.begun() && user.isKnown() && isDoubtful()) {
                return Optional.of(new Objection(
                        SetupRule.USE,
                        "There are " + among.size() + " set-ups of a " + kind.word() + " '" + id + "', of "
                                + String.join(" and of ", among) + ", and none of those of " + scope.where()
                                + " is set up for " + user.environment() + " and " + user.job()
                                + " any more, so that nobody can tell which of them the release began with",
                        "set the one that it began with up for " + user.environment() + " and " + user.job()
                                + " again, or take the others away until the release has ended"));
            }
            String what = "The " + kind.word() + " '" + id + "' of " + scope.where() + " ";
            if (refusal != null && !user.begun()) {
                return Optional.of(new Objection(
                        SetupRule.USE,
                        what + "is set up " + refusal,
                        "name one that is set up for " + user.environment() + " and this job, or have this one of "
                                + scope.where() + " set up for them"));
            }
            return anywhere
                    ? Optional.empty()
                    : FolderAddresses.objection(setup, scope.context())
                            .map(said -> new Objection(
                                    SetupRule.ADDRESS,
                                    what + said,
                                    "have an administrator put the address on that list"));
        }

        T usable(SetupUser user) {
            against(user, false).ifPresent(against -> {
                throw new IllegalStateException(against.text());
            });
            return setup;
        }
    }

    /** In the nearest place that has the id: the first that is for the release, else the first. */
    private static <T extends BoundSetup<?>> Found<T> find(SetupUser user, SetupKind<T> kind, String id) {
        List<SetupScope> scopes = around(user.place());
        for (SetupScope scope : scopes) {
            List<T> named = kind.in().apply(scope).stream()
                    .filter(setup -> id.equals(setup.getId()))
                    .toList();
            for (T setup : named) {
                if (setup.refusal(user).isEmpty()) {
                    return new Found<>(setup, scope, kind, id, null, List.of(), List.of());
                }
            }
            if (!named.isEmpty()) {
                String refusal = named.stream()
                        .flatMap(setup -> setup.refusal(user).stream())
                        .distinct()
                        .collect(Collectors.joining("; another "));
                List<String> among = scopes.stream()
                        .flatMap(other -> kind.in().apply(other).stream()
                                .filter(setup -> id.equals(setup.getId()))
                                .map(setup -> other.where()))
                        .toList();
                return new Found<>(named.get(0), scope, kind, id, refusal, among, List.of());
            }
        }
        List<String> known = scopes.stream()
                .flatMap(scope -> kind.in().apply(scope).stream())
                .map(BoundSetup::getId)
                .distinct()
                .toList();
        return new Found<>(null, null, kind, id, null, List.of(), known);
    }
}
