// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import hudson.model.User;
import hudson.scm.ChangeLogSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who wrote a change: the user that the plugin of the repository takes for its author, and who stands under it as
 * {@code Co-authored-by: Ann Example <ann@example.com>}. Everybody counts who has such an id or full name: whoever it is doesn't sign.
 */
final class CommitPeople {
    private static final Pattern TRAILER = Pattern.compile("(?i)co-authored-by:([^<]{0,200})(?:<([^<>]{0,200})>)?.*");
    private static final int LONGEST = 1 << 16;

    /** Read once: a controller may have many. */
    private final List<User> known = List.copyOf(User.getAll());

    void of(ChangeLogSet.Entry change, Set<String> authors) {
        User author = change.getAuthor();
        if (author != null) {
            authors.add(author.getId());
            namesakes(author.getFullName(), authors);
        }
        for (String[] person : coAuthors(message(change))) {
            namesakes(person[0], authors);
            named(person[1], authors);
            int at = person[1].indexOf('@');
            if (at > 0) {
                named(person[1].substring(0, at), authors);
            }
        }
    }

    private void namesakes(String name, Set<String> authors) {
        add(user -> !name.isBlank() && name.equalsIgnoreCase(user.getFullName()), authors);
        named(name, authors);
    }

    private void named(String id, Set<String> authors) {
        add(user -> id.equalsIgnoreCase(user.getId()), authors);
    }

    private void add(Predicate<User> which, Set<String> authors) {
        known.stream().filter(which).map(User::getId).forEach(authors::add);
    }

    /** Names and addresses, blank where there is none. */
    static List<String[]> coAuthors(String message) {
        List<String[]> people = new ArrayList<>();
        for (String line :
                message.substring(0, Math.min(LONGEST, message.length())).split("\\R")) {
            String trimmed = line.strip();
            Matcher trailer =
                    trimmed.toLowerCase(Locale.ROOT).startsWith("co-authored-by:") ? TRAILER.matcher(trimmed) : null;
            if (trailer != null && trailer.matches()) {
                String address = trailer.group(2);
                people.add(new String[] {trailer.group(1).strip(), address == null ? "" : address.strip()});
            }
        }
        return people;
    }

    /** Git's message is but the title; all of it is its comment, which no class of Jenkins itself has. */
    private static String message(ChangeLogSet.Entry change) {
        try {
            Object comment = change.getClass().getMethod("getComment").invoke(change);
            if (comment instanceof String text) {
                return text;
            }
        } catch (ReflectiveOperationException e) {
            // this kind of repository has no more than the message
        }
        return change.getMsg() == null ? "" : change.getMsg();
    }
}
