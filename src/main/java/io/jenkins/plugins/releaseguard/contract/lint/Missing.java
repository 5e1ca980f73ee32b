// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Names fields that are empty. */
final class Missing {
    private Missing() {}

    /** The names, out of name, value, name, value, …, whose value is null, a blank text or an empty collection. */
    static List<String> of(Object... namesAndValues) {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (empty(namesAndValues[i + 1])) {
                missing.add((String) namesAndValues[i]);
            }
        }
        return missing;
    }

    private static boolean empty(Object value) {
        return value == null
                || value instanceof CharSequence text && text.toString().isBlank()
                || value instanceof Collection<?> list && list.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty();
    }

    /** {@code a, b or c}. */
    static String words(List<String> names) {
        int last = names.size() - 1;
        return last < 1 ? String.join("", names) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }
}
