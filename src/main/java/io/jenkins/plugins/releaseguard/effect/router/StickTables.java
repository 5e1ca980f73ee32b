// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

/**
 * Whether a backend's own table leads clients back to a server ({@code stick on}, Configuration Manual, section 4.2): only such a table keeps
 * {@code server_id}, and {@code show table} (Management Guide, section 9.3) refuses a filter by what a table doesn't keep.
 */
final class StickTables {
    private StickTables() {}

    /** A filter that no entry passes: of a large table not one is sent. */
    static String question(String backend) {
        return "show table " + backend + " data.server_id lt 0";
    }

    /** Whether an answer has the head of the table; one that only counts, and none, are refused. */
    static boolean lead(String said, String backend) {
        return said.startsWith("# table: " + backend + ",") || said.contains("\n# table: " + backend + ",");
    }
}
