// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import io.jenkins.plugins.releaseguard.evidence.People;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The user directory for pages: what was last heard at once, for who only looks; what it says now, for who is about to sign. */
@Restricted(NoExternalUse.class)
public final class Directory {
    private final RecentAnswers<String> authors;
    private final RecentAnswers<Namesakes> names;

    /** Whether there is a user, and a group, of one name. */
    private record Namesakes(People.Known user, People.Known group) {
        static Optional<Namesakes> of(String name) {
            People people = new JenkinsPeople();
            Namesakes found = new Namesakes(people.user(name), people.group(name));
            boolean silent = found.user == People.Known.UNKNOWN && found.group == People.Known.UNKNOWN;
            return silent ? Optional.empty() : Optional.of(found);
        }
    }

    /** What was heard of names; unknown where nothing was. */
    private static final class Heard extends JenkinsPeople {
        private final Function<String, Optional<Namesakes>> ears;

        Heard(Function<String, Optional<Namesakes>> ears) {
            this.ears = ears;
        }

        @Override
        public Known user(String name) {
            return ears.apply(name).map(Namesakes::user).orElse(Known.UNKNOWN);
        }

        @Override
        public Known group(String name) {
            return ears.apply(name).map(Namesakes::group).orElse(Known.UNKNOWN);
        }
    }

    /**
     * @param find the user id of an author, empty where nobody knows; may take a while
     * @param threads where it is asked for pages
     */
    public Directory(Function<String, Optional<String>> find, Executor threads) {
        this.authors = new RecentAnswers<>(find, threads, InstantSource.system());
        this.names = new RecentAnswers<>(Namesakes::of, threads, InstantSource.system());
    }

    /** The user id of an author as last heard, at once; nothing before the first answer. */
    public Optional<String> lately(String author) {
        return authors.lately(author);
    }

    /** The user id of an author, asked for now. */
    public Optional<String> ask(String author) {
        return authors.ask(author);
    }

    /** Users and groups as last heard, at once. */
    public People lately() {
        return new Heard(names::lately);
    }

    /** Users and groups, asked for now. */
    public People now() {
        return new Heard(names::ask);
    }
}
