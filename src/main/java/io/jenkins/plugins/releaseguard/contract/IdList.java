// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.TreeMap;

/**
 * Ids in the order in which they were written, none twice. Ranges are kept as ranges, so that a thousand ids take no more
 * room than two; an id is a string only while somebody looks at it. Immutable.
 */
public final class IdList extends AbstractList<String> implements RandomAccess {
    private final List<Run> runs;
    private final int[] ends;

    private IdList(List<Run> runs) {
        this.runs = List.copyOf(runs);
        this.ends = new int[runs.size()];
        int total = 0;
        for (int i = 0; i < ends.length; i++) {
            total = Math.addExact(total, this.runs.get(i).size());
            ends[i] = total;
        }
    }

    /** Ids one after the other, all written with so many digits. */
    private record Run(String prefix, int digits, int first, int last) {
        int size() {
            return last - first + 1;
        }

        String id(int index) {
            String number = String.valueOf(first + index);
            return prefix + "-" + "0".repeat(digits - number.length()) + number;
        }
    }

    @Override
    public String get(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException(index + " of " + size());
        }
        int found = Arrays.binarySearch(ends, index + 1);
        int run = found < 0 ? -found - 1 : found;
        return runs.get(run).id(index - (run == 0 ? 0 : ends[run - 1]));
    }

    @Override
    public int size() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    /** Gathers ids; what is there already is left out. */
    public static final class Builder {
        private final List<Run> runs = new ArrayList<>();
        private final Map<String, TreeMap<Integer, Integer>> taken = new HashMap<>();

        /**
         * Ids from {@code first} to {@code last}, inclusive.
         *
         * @param digits the least number of digits, filled with zeros in front
         */
        public Builder add(String prefix, int digits, int first, int last) {
            int from = first;
            for (int length = 1, end = 9; from <= last; length++, end = end * 10 + 9) {
                if (from <= end) {
                    // ids are the same where they are written the same
                    fill(prefix, Math.max(digits, length), from, Math.min(last, end));
                    from = end + 1;
                }
            }
            return this;
        }

        public Builder addAll(IdList ids) {
            ids.runs.forEach(r -> fill(r.prefix(), r.digits(), r.first(), r.last()));
            return this;
        }

        private void fill(String prefix, int digits, int first, int last) {
            TreeMap<Integer, Integer> there = taken.computeIfAbsent(prefix + digits, p -> new TreeMap<>());
            int start = first;
            int end = last;
            int from = first;
            Map.Entry<Integer, Integer> before = there.floorEntry(first);
            if (before != null && before.getValue() >= first) {
                start = before.getKey();
                from = before.getValue() + 1;
                end = Math.max(end, before.getValue());
            }
            Map.Entry<Integer, Integer> next = there.ceilingEntry(first);
            while (next != null && next.getKey() <= last) {
                if (next.getKey() > from) {
                    runs.add(new Run(prefix, digits, from, next.getKey() - 1));
                }
                from = Math.max(from, next.getValue() + 1);
                end = Math.max(end, next.getValue());
                there.remove(next.getKey());
                next = there.ceilingEntry(first);
            }
            if (from <= last) {
                runs.add(new Run(prefix, digits, from, last));
            }
            there.put(start, end);
        }

        public IdList build() {
            return new IdList(runs);
        }
    }
}
