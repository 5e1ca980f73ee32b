// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How a program begins that prints tables: its arguments are releases a row, a seed (1), and the tables' names, all by default. */
final class NamedTables {
    /** The tables of a program, in their usual order, each of which prints itself. */
    interface Of {
        Map<String, Runnable> tables(int runs, long seed);
    }

    private NamedTables() {}

    /**
     * Prints those that are asked for.
     *
     * @param usual releases a row where no argument says
     * @throws IllegalArgumentException naming a table that there isn't, and those that there are
     */
    static void print(String[] args, int usual, Of program) {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : usual;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        Map<String, Runnable> tables = program.tables(runs, seed);
        List<String> wanted =
                args.length > 2 ? Arrays.asList(args).subList(2, args.length) : List.copyOf(tables.keySet());
        for (String name : wanted) {
            if (!tables.containsKey(name)) {
                throw new IllegalArgumentException("there is no table '" + name + "', but " + tables.keySet());
            }
        }
        wanted.forEach(name -> tables.get(name).run());
    }
}
