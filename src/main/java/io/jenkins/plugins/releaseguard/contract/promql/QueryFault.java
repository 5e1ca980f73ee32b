// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * Why a query isn't what its field needs, and what would be.
 *
 * @param offset in the query, from 0
 * @param change the metric's fields as they would do, by key; an empty value takes the key out; empty where nothing better can be told
 * @param advice what to do where {@code change} doesn't say it
 * @param doubt nothing is wrong for sure: whoever reads it goes on, whoever checks says it
 */
public record QueryFault(int offset, String message, Map<String, String> change, String advice, boolean doubt) {
    public QueryFault {
        change = Map.copyOf(change);
    }

    QueryFault doubted() {
        return new QueryFault(offset, message, change, advice, true);
    }

    /** The fix in one sentence. */
    public String fix() {
        if (change.isEmpty()) {
            return advice;
        }
        return "write "
                + change.entrySet().stream()
                        .filter(e -> !e.getValue().isEmpty())
                        .sorted(Map.Entry.comparingByKey())
                        .map(e -> e.getKey() + ": " + e.getValue())
                        .collect(Collectors.joining(" and "))
                + (change.containsValue("")
                        ? " instead of "
                                + change.entrySet().stream()
                                        .filter(e -> e.getValue().isEmpty())
                                        .map(Map.Entry::getKey)
                                        .sorted()
                                        .collect(Collectors.joining(" and "))
                        : "")
                + (advice.isEmpty() ? "" : ": " + advice);
    }
}
