// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which process answers, from {@code show info} (Management Guide, section 9.3).
 *
 * @param processes how many processes share the listeners ({@code nbproc}, until version 2.4); each has weights of its own
 * @param number which of them this is, from 1
 */
record ProcessInfo(int pid, int processes, int number, String node) {
    /** Empty where the text doesn't say which process it is. */
    static Optional<ProcessInfo> parse(String text) {
        int pid = number(text, "Pid", 0);
        String node = line(text, "node").orElse("");
        return pid <= 0
                ? Optional.empty()
                : Optional.of(new ProcessInfo(pid, number(text, "Nbproc", 1), number(text, "Process_num", 1), node));
    }

    private static int number(String text, String name, int missing) {
        return line(text, name)
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(Integer::parseInt)
                .orElse(missing);
    }

    private static Optional<String> line(String text, String name) {
        Matcher line =
                Pattern.compile("^" + name + ": (.{1,200})$", Pattern.MULTILINE).matcher(text);
        return line.find() ? Optional.of(line.group(1).trim()) : Optional.empty();
    }

    @Override
    public String toString() {
        return "pid " + pid + (node.isEmpty() ? "" : " at " + node);
    }
}
