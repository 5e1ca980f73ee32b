// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A backend and its servers in {@code show stat}'s CSV (Management Guide, section 9.1; the command is in 9.3). Columns are found by name:
 * their number grows with each version. Which servers take requests is {@link Serving}'s.
 *
 * @param algorithm of {@code balance}, and {@code cookie} the name of the one that leads clients back to a server: both only where the
 *     socket's level shows them, else empty
 * @param whole what the backend's own row counts: requests that found no server too
 */
record StatTable(List<Server> servers, String algorithm, String cookie, Whole whole) {
    private static final List<String> NEEDED = List.of("pxname", "svname", "status", "weight", "scur", "stot");
    private static final int WHOLE = 100;

    /** Sessions open now, and requests since the process began; NaN where there is no such row. */
    record Whole(double sessions, double requests) {}

    /**
     * One server.
     *
     * @param weight the effective one, whatever its state: while it starts slowly a part of what was set
     * @param set the weight that the file, a command or an agent has set
     * @param throttle percent of its weight that a server which starts slowly has; 100 for others
     * @param sessions open now
     * @param requests assigned to it since the process began: in HTTP mode one a request
     */
    record Server(
            String name,
            String status,
            boolean backup,
            int weight,
            int set,
            int throttle,
            double sessions,
            double requests) {
        Server(String name, String status, boolean backup, int weight, double sessions, double requests) {
            this(name, status, backup, weight, weight, WHOLE, sessions, requests);
        }

        /** Whether new requests are balanced to it: states other than these are no check, UP, and UP 1/3 while it fails. */
        boolean takesRequests() {
            return !status.startsWith("DOWN")
                    && !status.startsWith("MAINT")
                    && !status.startsWith("DRAIN")
                    && !status.startsWith("NOLB");
        }

        /** By itself; what others do for a backup is {@link Serving}'s. */
        int effectiveWeight() {
            return takesRequests() && !backup ? weight : 0;
        }
    }

    /** The servers of a backend in their order; empty if this is no such table. */
    static Optional<List<Server>> parse(String text, String backend) {
        return read(text, backend).map(StatTable::servers);
    }

    /** A backend; empty if this is no such table. One that is not in it has no servers. */
    static Optional<StatTable> read(String text, String backend) {
        String[] lines = text.split("\n");
        int head = 0;
        while (head < lines.length && !lines[head].startsWith("# ")) {
            head++;
        }
        if (head == lines.length) {
            return Optional.empty();
        }
        List<String> columns = fields(lines[head].substring(2).trim());
        if (!columns.containsAll(NEEDED)) {
            return Optional.empty();
        }
        List<Server> servers = new ArrayList<>();
        String algorithm = "";
        String cookie = "";
        Whole whole = new Whole(Double.NaN, Double.NaN);
        // an empty line ends the table: another command's answer may follow
        for (int i = head + 1; i < lines.length && !lines[i].isBlank(); i++) {
            Map<String, String> row = row(columns, fields(lines[i].trim()));
            String name = row.getOrDefault("svname", "");
            if (!row.getOrDefault("pxname", "").equals(backend)) {
                continue;
            }
            if (name.equals("BACKEND")) {
                algorithm = row.getOrDefault("algo", "");
                cookie = row.getOrDefault("cookie", "");
                whole = new Whole(number(row.get("scur")), number(row.get("stot")));
            } else if (!List.of("FRONTEND", "").contains(name)) {
                Optional<Server> server = server(name, row);
                if (server.isEmpty()) {
                    return Optional.empty();
                }
                servers.add(server.get());
            }
        }
        return Optional.of(new StatTable(List.copyOf(servers), algorithm, cookie, whole));
    }

    private static Optional<Server> server(String name, Map<String, String> row) {
        double weight = number(row.get("weight"));
        // versions before 2.0 don't tell it
        double set = row.getOrDefault("uweight", "").isEmpty() ? weight : number(row.get("uweight"));
        double throttle = row.getOrDefault("throttle", "").isEmpty() ? WHOLE : number(row.get("throttle"));
        if (!(weight >= 0 && weight <= 256 && set >= 0 && set <= 256 && throttle >= 0 && throttle <= WHOLE)) {
            return Optional.empty();
        }
        return Optional.of(new Server(
                name,
                row.getOrDefault("status", ""),
                row.getOrDefault("bck", "").equals("1"),
                (int) weight,
                (int) set,
                (int) throttle,
                number(row.get("scur")),
                number(row.get("stot"))));
    }

    private static Map<String, String> row(List<String> columns, List<String> fields) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < Math.min(columns.size(), fields.size()); i++) {
            row.put(columns.get(i), fields.get(i));
        }
        return row;
    }

    private static double number(String text) {
        return text != null && text.matches("[0-9]{1,18}") ? Double.parseDouble(text) : Double.NaN;
    }

    /** A field with a comma in it (a check's description) stands in quotes, a quote in it doubled. */
    static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                boolean doubled = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (doubled) {
                    field.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
