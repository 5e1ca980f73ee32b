// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The servers in {@code show stat}'s CSV (Management Guide, section 9.1). Columns are found by name: their number grows with each version. */
final class StatTable {
    private static final List<String> NEEDED = List.of("pxname", "svname", "status", "weight", "scur", "stot");

    private StatTable() {}

    /**
     * One server.
     *
     * @param weight the configured or set one, whatever its state
     * @param sessions open now
     * @param requests assigned to it since the process began: in HTTP mode one a request
     */
    record Server(String name, String status, boolean backup, int weight, double sessions, double requests) {
        /** Whether new requests are balanced to it: states other than these are no check, UP, and UP 1/3 while it fails. */
        boolean takesRequests() {
            return !status.startsWith("DOWN")
                    && !status.startsWith("MAINT")
                    && !status.startsWith("DRAIN")
                    && !status.startsWith("NOLB");
        }

        int effectiveWeight() {
            return takesRequests() && !backup ? weight : 0;
        }
    }

    /** The servers of a backend in their order; empty if this is no such table. */
    static Optional<List<Server>> parse(String text, String backend) {
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
        for (int i = head + 1; i < lines.length; i++) {
            Map<String, String> row = row(columns, fields(lines[i].trim()));
            String name = row.getOrDefault("svname", "");
            if (row.getOrDefault("pxname", "").equals(backend)
                    && !List.of("FRONTEND", "BACKEND", "").contains(name)) {
                double weight = number(row.get("weight"));
                if (!(weight >= 0 && weight <= 256)) {
                    return Optional.empty();
                }
                servers.add(new Server(
                        name,
                        row.getOrDefault("status", ""),
                        row.getOrDefault("bck", "").equals("1"),
                        (int) weight,
                        number(row.get("scur")),
                        number(row.get("stot"))));
            }
        }
        return Optional.of(servers);
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
