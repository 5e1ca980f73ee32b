// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.haproxy;

import io.jenkins.plugins.releaseguard.cli.rehearse.world.Backend;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Proxy;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The commands of HAProxy's runtime API that concern weights, states and counters, with the answers of HAProxy 2.6 (observed).
 * An answer without text is one empty line; each is followed by another.
 */
final class RuntimeCommands {
    private final Proxy proxy;
    private final String backend;
    private final ServerTable table;

    RuntimeCommands(Proxy proxy, String backend) {
        this.proxy = proxy;
        this.backend = backend;
        table = new ServerTable(proxy, backend);
    }

    String answer(String command) {
        String[] words = command.split("\\s+");
        String two = words.length > 1 ? words[0] + ' ' + words[1] : words[0];
        return switch (two) {
            case "show stat" -> words.length > 2 ? stat(words) : table.stat(ServerTable.ALL);
            case "show servers" ->
                words.length > 2 && words[2].equals("state")
                        ? words.length > 3 && !words[3].equals(backend) ? "Can't find backend.\n" : table.state()
                        : unknown();
            case "show info" -> "Name: HAProxy\nVersion: 2.6.12-rehearsal\nNbproc: 1\nProcess_num: 1\nPid: 1\n";
            case "get weight" -> on(words, 2, s -> s.weight() + " (initial " + s.initialWeight() + ")\n");
            case "set weight" -> on(words, 2, s -> weight(s, words, 3));
            case "set server" -> on(words, 2, s -> set(s, words));
            case "shutdown sessions" ->
                words.length > 2 && words[2].equals("server") ? on(words, 3, RuntimeCommands::shutdown) : unknown();
            default -> unknown();
        };
    }

    /** {@code show stat <proxy> <types> <server id>}: proxy -1 for all, types a sum of 2 for backends and 4 for servers. */
    private String stat(String[] words) {
        if (!words[2].equals(backend) && !words[2].equals("-1")) {
            return "No such proxy.\n";
        }
        boolean numbers = words.length < 4 || words[3].matches("-?[0-9]{1,4}");
        return table.stat(words.length > 3 && numbers ? Integer.parseInt(words[3]) : ServerTable.ALL);
    }

    private String on(String[] words, int at, Function<Backend, String> act) {
        String[] names = at < words.length ? words[at].split("/", 2) : new String[0];
        if (names.length < 2) {
            return "Require 'backend/server'.\n";
        }
        if (!names[0].equals(backend)) {
            return "No such backend.\n";
        }
        Optional<Backend> server = proxy.backends().stream()
                .filter(b -> b.track().label().equals(names[1]))
                .findFirst();
        return server.map(act).orElse("No such server.\n");
    }

    private static String set(Backend server, String[] words) {
        String what = words.length > 3 ? words[3] : "";
        return switch (what) {
            case "weight" -> weight(server, words, 4);
            case "state" -> state(server, words.length > 4 ? words[4] : "");
            default ->
                "usage: set server <backend>/<server> addr | agent | agent-addr | agent-port | agent-send | check-addr"
                        + " | check-port | fqdn | health | ssl | state | weight\n";
        };
    }

    private static String state(Backend server, String state) {
        for (Backend.State known : Backend.State.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(state)) {
                server.state(known);
                return "";
            }
        }
        return "'set server <srv> state' expects 'ready', 'drain' and 'maint'.\n";
    }

    /** An absolute weight, or a percentage of the initial one. */
    private static String weight(Backend server, String[] words, int at) {
        String text = at < words.length ? words[at] : "";
        boolean relative = text.endsWith("%");
        String digits = relative ? text.substring(0, text.length() - 1) : text;
        if (!digits.matches("[0-9]{1,6}")) {
            return text.isEmpty()
                    ? "Require <weight> or <weight%>.\n"
                    : "Empty weight string empty or preceded by garbage";
        }
        int number = Integer.parseInt(digits);
        if (relative && number > 100 || !relative && number > Backend.MAX_WEIGHT) {
            return relative
                    ? "Relative weight must be positive.\n"
                    : "Absolute weight can only be between 0 and 256 inclusive.\n";
        }
        server.weight(relative ? (int) Math.round(server.initialWeight() * number / 100.0) : number);
        return "";
    }

    private static String shutdown(Backend server) {
        server.shutdownSessions();
        return "";
    }

    private static String unknown() {
        return """
            Unknown command. Please enter one of the following commands only:
              get weight <bk>/<srv>                   : report a server's current weight
              set server <bk>/<srv> [opts]            : change a server's state, weight, address or ssl
              set weight <bk>/<srv>  (DEPRECATED)     : change a server's weight (use 'set server' instead)
              show info [desc|json|typed|float]*      : report information about the running process
              show servers state [<backend>]          : dump volatile server information (all or for a single backend)
              show stat [desc|json|no-maint|typed|up]*: report counters for each proxy and server
              shutdown sessions server <bk>/<srv>     : kill sessions on a server
            """;
    }
}
