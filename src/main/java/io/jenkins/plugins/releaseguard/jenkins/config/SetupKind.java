// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import java.util.List;
import java.util.function.Function;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A kind of what is set up.
 *
 * @param word as messages call one
 * @param in those of a place
 */
@Restricted(NoExternalUse.class)
public record SetupKind<T extends BoundSetup<?>>(String word, Function<SetupScope, List<T>> in) {
    public static final SetupKind<MetricSourceSetup> SOURCE = new SetupKind<>("metric source", SetupScope::getSources);
    public static final SetupKind<RouterSetup> ROUTER = new SetupKind<>("router", SetupScope::getRouters);
    public static final SetupKind<EndpointSetup> ENDPOINT = new SetupKind<>("endpoint", SetupScope::getEndpoints);
    public static final SetupKind<ChannelSetup> CHANNEL = new SetupKind<>("channel", SetupScope::getChannels);
}
