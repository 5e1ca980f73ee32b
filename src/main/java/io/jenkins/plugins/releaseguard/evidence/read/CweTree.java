// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which weaknesses are kinds of others, from MITRE's view CWE-1000: SQL injection (89) is one of injection (74). */
public final class CweTree {
    private static final Map<Integer, Set<Integer>> PARENTS = read();

    private CweTree() {}

    /** Whether a weakness is another one, or a kind of it. One that the list doesn't have is only itself. */
    public static boolean isOf(int weakness, int other) {
        Deque<Integer> open = new ArrayDeque<>(Set.of(weakness));
        Set<Integer> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            int one = open.pop();
            if (one == other) {
                return true;
            }
            PARENTS.getOrDefault(one, Set.of()).stream().filter(seen::add).forEach(open::push);
        }
        return false;
    }

    private static Map<Integer, Set<Integer>> read() {
        Map<Integer, Set<Integer>> parents = new HashMap<>();
        try (InputStream in = CweTree.class.getResourceAsStream("cwe-children.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] ids = line.split(":? ");
                    for (int i = 1; i < ids.length; i++) {
                        parents.computeIfAbsent(Integer.valueOf(ids[i]), c -> new HashSet<>())
                                .add(Integer.valueOf(ids[0]));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parents;
    }
}
