// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.StatTable.Server;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a HAProxy's configuration must be for a way back to last: what a reload, an agent, a cookie or a table could undo is said before anybody is
 * given to the canary. What can't be known speaks against it.
 */
final class Fitness {
    private static final int SHOWN = 600;

    private Fitness() {}

    /**
     * What speaks against it, and what to do; null for nothing.
     *
     * @param said the answers to {@code show servers state}, {@code show table} and {@code show info}
     */
    static String against(
            HaproxySettings settings, StatTable table, List<Server> canaries, List<Server> baselines, String said) {
        List<String> against = new ArrayList<>();
        Optional<ServerStates> states = ServerStates.parse(said, settings.backend());
        if (states.isEmpty()) {
            against.add("the answer to 'show servers state' is no table, so nobody knows what a reload brings back");
        } else {
            states(settings, states.get(), canaries, baselines, against);
        }
        if (!table.cookie().isEmpty() && !settings.maintenanceAtZero()) {
            against.add("backend '" + settings.backend() + "' leads clients back to the canary by the cookie '"
                    + Lines.bounded(table.cookie(), 40)
                    + "' whatever its weight: switch on maintenance at 0 % in the router's configuration");
        }
        if (StickTables.lead(said, settings.backend()) && !settings.maintenanceAtZero()) {
            against.add(
                    "backend '" + settings.backend() + "' leads clients back to the canary by its stick table whatever"
                            + " its weight: switch on maintenance at 0 % in the router's configuration");
        }
        try {
            ShiftOrders.possible(settings, table, canaries, baselines, 1);
        } catch (EffectException e) {
            against.add(e.getMessage());
        }
        return against.isEmpty() ? null : Lines.bounded(String.join("; ", against), SHOWN);
    }

    private static void states(
            HaproxySettings settings,
            ServerStates states,
            List<Server> canaries,
            List<Server> baselines,
            List<String> against) {
        List<Server> both = new ArrayList<>(canaries);
        both.addAll(baselines);
        List<String> agents = both.stream()
                .map(Server::name)
                .filter(name -> states.of(name).map(ServerStates.Server::agent).orElse(false))
                .toList();
        for (Server canary : canaries) {
            Optional<ServerStates.Server> state = states.of(canary.name());
            if (state.isEmpty()) {
                against.add("'show servers state' doesn't tell of the canary server '" + canary.name() + "'");
            } else if (state.get().initialWeight() != 0
                    && !(state.get().disabled() && !agents.contains(canary.name()))) {
                against.add("the canary server '" + canary.name() + "' has weight "
                        + state.get().initialWeight()
                        + " in haproxy.cfg, which a reload or an agent brings back: write 'weight 0' there and reload");
            }
        }
        if (!agents.isEmpty() && !settings.agentsKeepWeights()) {
            against.add("an agent-check is on for " + Lines.bounded(String.join(", ", agents), 120)
                    + ", and one that answers with a percentage sets weights: 'disable agent " + settings.backend()
                    + '/'
                    + agents.get(0)
                    + "' or, where agents only say up, down or drain, say so in the router's configuration");
        }
    }
}
