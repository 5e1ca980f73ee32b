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

    /** Stands in a list that must not be taken for an empty one. A semicolon is in no job's name and no path. */
    private static final String NOTHING = "nothing; only separators";

    /** Whether something was written and nothing named, as {@code ,}: it is for nothing, where an empty field is for anything. */
    public static boolean isOnlySeparators(String text) {
        return text != null && !text.isBlank() && of(text.replace(';', ',')).isEmpty();
    }

    /** The same as {@link #of}, but one name that nothing has where there are only separators. */
    public static List<String> orNothing(String text) {
        return isOnlySeparators(text) ? List.of(NOTHING) : of(text);
    }

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
