// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.schema.EntryShapes;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code Owner: payments-team}, with or without a list mark and emphasis, with a colon of any width; without a blank behind it where the
 * label is a field's.
 *
 * @param name as written
 * @param value what stands behind the colon, its place in the line with it
 * @param bulleted whether a list mark stands before it
 */
record TextLabel(String name, TextLine value, boolean bulleted) {
    private static final Pattern LABEL =
            Pattern.compile("([-*+]\\s+)?+[*_`]*+([A-Za-z][A-Za-z ]{1,30}+)[*_`]*+\\s*+(?::[*_`]*+"
                    + "(?=\\s|$)|[\uFF1A\uFE55\uFE13][*_`]*+)\\s*+");
    private static final Pattern TIGHT =
            Pattern.compile("([-*+]\\s+)?+[*_`]*+([A-Za-z][A-Za-z ]{1,30}+)[*_`]*+:[*_`]*+(?!//)");
    private static final Set<String> FIELDS = Stream.concat(
                    Stream.of(EntryShapes.HEAD),
                    EntryShapes.types().stream().flatMap(t -> EntryShapes.byType(t).stream()))
            .flatMap(shape -> shape.fields().stream())
            .map(Field::name)
            .map(TextEntry::plain)
            .collect(Collectors.toUnmodifiableSet());

    /** Empty where the line is none. */
    static Optional<TextLabel> in(TextLine line) {
        Matcher label = LABEL.matcher(line.text());
        if (label.lookingAt()) {
            return Optional.of(of(label, line));
        }
        Matcher tight = TIGHT.matcher(line.text());
        return tight.lookingAt() && isField(tight.group(2)) ? Optional.of(of(tight, line)) : Optional.empty();
    }

    private static TextLabel of(Matcher label, TextLine line) {
        return new TextLabel(label.group(2).strip(), line.from(label.end()), label.group(1) != null);
    }

    /** Whether some type of entry has a field of this name. */
    static boolean isField(String name) {
        return FIELDS.contains(TextEntry.plain(name));
    }

    boolean isType() {
        return TextEntry.plain(name).equals("type") && isType(value);
    }

    /** Whether it is the name of a type of entries, in any letters. */
    static boolean isType(TextLine word) {
        return EntryShapes.types().stream().anyMatch(t -> TextEntry.plain(t).equals(TextEntry.plain(word.text())));
    }
}
