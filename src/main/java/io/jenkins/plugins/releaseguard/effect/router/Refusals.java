// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.Locale;

/** HAProxy's own words for what it doesn't do, with what to do about it. */
final class Refusals {
    private Refusals() {}

    /**
     * The table of a backend with servers.
     *
     * @param who was asked
     */
    static StatTable table(String answer, String backend, String who) throws EffectException {
        StatTable table = StatTable.read(answer, backend).orElseThrow(() -> of("show stat", answer, backend, who));
        if (table.servers().isEmpty()) {
            throw new EffectException(who + " knows no server of a backend '" + backend
                    + "': set the backend's name as it stands in haproxy.cfg");
        }
        return table;
    }

    static EffectException of(String command, String answer, String backend, String who) {
        String shown = Lines.bounded(answer, 200);
        String lower = answer.toLowerCase(Locale.ROOT);
        String fix = "see the runtime API's documentation of your version";
        if (lower.contains("permission denied")) {
            fix = "give the stats socket 'level admin' in haproxy.cfg";
        } else if (lower.contains("static lb algorithm")) {
            fix = "set 'balance roundrobin', 'leastconn' or 'random' in the backend: static algorithms can't shift"
                    + " by percent";
        } else if (lower.contains("no such backend")) {
            fix = "set the backend's name as it stands in haproxy.cfg; asked for '" + backend + "'";
        } else if (lower.contains("no such server")) {
            fix = "set the server's name as it stands in haproxy.cfg";
        } else if (lower.contains("unknown map identifier")) {
            fix = "set the map's file as it stands in haproxy.cfg";
        } else if (!lower.contains("unknown command") && command.startsWith("show stat")) {
            fix = "the answer is no table of servers: is this the runtime API ('stats socket')?";
        }
        return EffectException.answered(who + " refused '" + command + "': ", shown, " (" + fix + ")");
    }
}
