// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Finds what is set up by the id that a contract gives, as seen from a job's folder: the nearest folder that has the id wins,
 * the controller comes last. Credentials are those of where it was set up.
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

    public static MetricSource source(ItemGroup<?> place, String id) throws SourceException {
        Found<MetricSourceSetup> found = find(place, SetupScope::getSources, MetricSourceSetup::getId, id);
        if (found.setup() == null) {
            throw new SourceException(missing("metric source", id, found.known()));
        }
        return found.setup().connect(found.scope().context());
    }

    public static TrafficRouter router(ItemGroup<?> place, String id) throws EffectException {
        Found<RouterSetup> found = find(place, SetupScope::getRouters, RouterSetup::getId, id);
        if (found.setup() == null) {
            throw new EffectException(missing("router", id, found.known()));
        }
        return found.setup().connect(found.scope().context());
    }

    /** Where a router is, for a day without Jenkins; empty where it isn't set up, or can't be used without. */
    public static Optional<RecordedRouter> recorded(ItemGroup<?> place, String id) {
        Found<RouterSetup> found = find(place, SetupScope::getRouters, RouterSetup::getId, id);
        return Optional.ofNullable(found.setup()).flatMap(RouterSetup::recorded);
    }

    /** A router's set-up and where it stands. */
    public record PlacedRouter(RouterSetup setup, ItemGroup<?> place) {}

    /** The router that is seen from the place under this id. */
    public static Optional<PlacedRouter> routerSeen(ItemGroup<?> place, String id) {
        Found<RouterSetup> found = find(place, SetupScope::getRouters, RouterSetup::getId, id);
        return Optional.ofNullable(found.setup())
                .map(setup -> new PlacedRouter(setup, found.scope().context()));
    }

    /** The router that is set up under this id in this very place, whatever others see from it. */
    public static Optional<PlacedRouter> routerAt(ItemGroup<?> place, String id) {
        return routerSeen(place, id).filter(found -> found.place() == place);
    }

    /** What is to be said where no router of this id is seen from the place; empty where one is. */
    public static Optional<String> missingRouter(ItemGroup<?> place, String id) {
        Found<RouterSetup> found = find(place, SetupScope::getRouters, RouterSetup::getId, id);
        return found.setup() != null ? Optional.empty() : Optional.of(missing("router", id, found.known()));
    }

    /** What is to be said where no metric source of this id is seen from the place; empty where one is. */
    public static Optional<String> missingSource(ItemGroup<?> place, String id) {
        Found<MetricSourceSetup> found = find(place, SetupScope::getSources, MetricSourceSetup::getId, id);
        return found.setup() != null ? Optional.empty() : Optional.of(missing("metric source", id, found.known()));
    }

    public static Optional<Endpoint> endpoint(ItemGroup<?> place, String id) {
        Found<EndpointSetup> found = find(place, SetupScope::getEndpoints, EndpointSetup::getId, id);
        return Optional.ofNullable(found.setup())
                .map(setup -> setup.connect(found.scope().context()));
    }

    public static Optional<Channel> channel(ItemGroup<?> place, String id) {
        Found<ChannelSetup> found = find(place, SetupScope::getChannels, ChannelSetup::getId, id);
        if (found.setup() != null) {
            return Optional.of(found.setup().connect(found.scope().context()));
        }
        return endpoint(place, id).map(endpoint -> new Webhook(id, endpoint, Webhook.TEXT));
    }

    /** All channels that are seen from the place. */
    public static List<String> channelIds(ItemGroup<?> place) {
        return around(place).stream()
                .flatMap(scope -> scope.getChannels().stream())
                .map(ChannelSetup::getId)
                .distinct()
                .toList();
    }

    private record Found<T>(T setup, SetupScope scope, List<String> known) {}

    private static <T> Found<T> find(
            ItemGroup<?> place, Function<SetupScope, List<T>> list, Function<T, String> idOf, String id) {
        List<SetupScope> scopes = around(place);
        for (SetupScope scope : scopes) {
            for (T setup : list.apply(scope)) {
                if (id.equals(idOf.apply(setup))) {
                    return new Found<>(setup, scope, List.of());
                }
            }
        }
        List<String> known = scopes.stream()
                .flatMap(scope -> list.apply(scope).stream())
                .map(idOf)
                .distinct()
                .collect(Collectors.toList());
        return new Found<>(null, null, known);
    }

    private static String missing(String what, String id, List<String> known) {
        return "No " + what + " '" + id
                + "' is set up, neither in a folder above this job nor under Manage Jenkins, System, Release Guard; there is "
                + (known.isEmpty() ? "none" : String.join(", ", known));
    }
}
