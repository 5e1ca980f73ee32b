// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code show map} lists and what {@code show map <file>} holds (Management Guide, section 9.3). A row of the one is
 * {@code 4 (/etc/x.map) pattern loaded from file '/etc/x.map' used by map at file 'haproxy.cfg' line 10. curr_ver=…}, of the other
 * {@code 0x55b4 key value}.
 *
 * @param used the files that a map converter of the configuration reads; those of ACLs alone are not among them
 * @param entries of the map that was asked for, in their order
 */
record MapTable(List<String> used, List<Entry> entries) {
    private static final Pattern MAP =
            Pattern.compile("^-?[0-9]{1,9} \\(([^\n)]{1,400})\\) [^\n]{0,800}?used by map at ", Pattern.MULTILINE);
    private static final Pattern ENTRY =
            Pattern.compile("^0x[0-9a-f]{1,16} ([^ \n]{1,400}) ?([^\n]{0,400})$", Pattern.MULTILINE);
    private static final String HEAD = "# id (file)";
    private static final int MOST = 100_000;

    /** One row. */
    record Entry(String key, String value) {}

    /** What a text holds of both, other answers around them; nothing where it holds none. */
    static MapTable parse(String text) {
        List<String> used = new ArrayList<>();
        int head = text.indexOf(HEAD);
        if (head >= 0) {
            int end = text.indexOf("\n\n", head);
            Matcher map = MAP.matcher(end < 0 ? text.substring(head) : text.substring(head, end + 1));
            while (map.find() && used.size() < MOST) {
                used.add(map.group(1));
            }
        }
        List<Entry> entries = new ArrayList<>();
        Matcher entry = ENTRY.matcher(text);
        while (entry.find() && entries.size() < MOST) {
            entries.add(new Entry(entry.group(1), entry.group(2).trim()));
        }
        return new MapTable(List.copyOf(used), List.copyOf(entries));
    }
}
