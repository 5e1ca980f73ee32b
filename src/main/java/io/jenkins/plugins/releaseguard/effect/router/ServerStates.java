// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code show servers state} (Management Guide, section 9.3, version 1 of its format): what the file says of a server, and which agents ask
 * it. Columns are found by name, since versions add some.
 */
final class ServerStates {
    private static final List<String> NEEDED =
            List.of("be_name", "srv_name", "srv_admin_state", "srv_iweight", "srv_agent_state");
    /** {@code SRV_ADMF_CMAINT}: the file has it in maintenance. */
    private static final int DISABLED_IN_FILE = 0x04;
    /** {@code CHK_ST_ENABLED} */
    private static final int AGENT_ENABLED = 0x04;

    private final Map<String, Server> servers;

    private ServerStates(Map<String, Server> servers) {
        this.servers = servers;
    }

    /**
     * One server.
     *
     * @param initialWeight in the file; {@code get weight} shows the same
     * @param disabled whether the file has it in maintenance
     * @param agent whether an agent-check may set its state and weight
     */
    record Server(int initialWeight, boolean disabled, boolean agent) {}

    /** Empty where the text holds no such table, or one that can't be read. */
    static Optional<ServerStates> parse(String text, String backend) {
        String[] lines = text.split("\n");
        int head = 0;
        while (head < lines.length && !lines[head].startsWith("# be_id ")) {
            head++;
        }
        if (head == lines.length) {
            return Optional.empty();
        }
        List<String> columns = List.of(lines[head].substring(2).trim().split(" +"));
        if (!columns.containsAll(NEEDED)) {
            return Optional.empty();
        }
        Map<String, Server> servers = new HashMap<>();
        for (int i = head + 1; i < lines.length && !lines[i].isBlank(); i++) {
            String[] row = lines[i].trim().split(" +");
            if (NEEDED.stream().anyMatch(column -> columns.indexOf(column) >= row.length)) {
                return Optional.empty();
            }
            if (row[columns.indexOf("be_name")].equals(backend)) {
                int weight = number(row[columns.indexOf("srv_iweight")]);
                int admin = number(row[columns.indexOf("srv_admin_state")]);
                int agent = number(row[columns.indexOf("srv_agent_state")]);
                if (weight < 0 || admin < 0 || agent < 0) {
                    return Optional.empty();
                }
                servers.put(
                        row[columns.indexOf("srv_name")],
                        new Server(weight, (admin & DISABLED_IN_FILE) != 0, (agent & AGENT_ENABLED) != 0));
            }
        }
        return Optional.of(new ServerStates(servers));
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    }

    Optional<Server> of(String server) {
        return Optional.ofNullable(servers.get(server));
    }
}
