// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.policy;

import java.util.Arrays;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Names in a form's field, separated by commas or line breaks. */
@Restricted(NoExternalUse.class)
public final class NameList {
    private NameList() {}

    /** In order, without blanks and repetitions; none for null. */
    public static List<String> of(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split("[,\\r\\n]"))
                        .map(String::trim)
                        .filter(word -> !word.isEmpty())
                        .distinct()
                        .toList();
    }
}
