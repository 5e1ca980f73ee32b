// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Secrets among the words of a command or a file of words: {@code -u user:pw}, {@code --password pw}, {@code mysql -ppw},
 * {@code ENV DB_PASSWORD pw}, {@code IDENTIFIED BY 'pw'}, {@code login ada password pw}.
 */
final class CommandOptions {
    private static final String NAMED = "a command's option that is named like a secret";
    private static final String LOGIN = "a command's user with a password";
    private static final int LONGEST = 4096;

    /** Options with a user and a password. */
    private static final Set<String> USERS = Set.of("-u", "--user", "--proxy-user", "-U", "--creds", "--auth", "-a");

    /** Whose -u is somebody of the system. */
    private static final Set<String> OF_SYSTEMS =
            Set.of("docker", "podman", "chown", "kubectl", "install", "systemd-run", "su", "sudo", "rsync", "setpriv");

    /** What ends a command, or begins one whose -u is a login. */
    private static final Set<String> ENDS = Set.of("&&", "||", ";", "|", "&");

    private static final Set<String> CALLS = Set.of("curl", "wget", "http", "https");

    /** Whose -p is a password. */
    private static final Set<String> LOGINS = Set.of(
            "sshpass",
            "login",
            "mysql",
            "mysqldump",
            "mysqladmin",
            "mariadb",
            "mongosh",
            "mongo",
            "mongodump",
            "mongorestore",
            "sqlcmd");

    private static final Set<String> GLUED = Set.of("mysql", "mysqldump", "mysqladmin", "mariadb", "sqlcmd", "sshpass");
    private static final List<String> BEFORE_QUOTED = List.of("password", "by", "passwd", "pwd");

    private CommandOptions() {}

    /** Line by line, word by word; what a word means may depend on the two before it and on the line's commands. */
    static void scan(String text, SecretSpans out) {
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            new Line(text, at, end, out).scan();
            at = end + 1;
        }
    }

    private static final class Line {
        private final String text;
        private final int end;
        private final SecretSpans out;
        private int at;
        private boolean system;
        private boolean login;
        private boolean glued;
        private boolean redis;
        private boolean netrc;
        private boolean openssl;
        private String echoed = "";
        private int echoedAt;
        private String before = "";
        private String first = "";

        Line(String text, int start, int end, SecretSpans out) {
            this.text = text;
            this.at = start;
            this.end = end;
            this.out = out;
        }

        void scan() {
            while (at < end) {
                while (at < end && isSpace(text.charAt(at))) {
                    at++;
                }
                int start = at;
                char quote = at < end && isQuote(text.charAt(at)) ? text.charAt(at) : 0;
                if (quote != 0) {
                    int close = text.indexOf(quote, at + 1);
                    // an apostrophe of prose begins no word
                    boolean closed = close > 0 && close < end && close - at < LONGEST;
                    at = closed ? close + 1 : at + 1;
                    if (closed && isWordEnd(close + 1)) {
                        word(text.substring(start + 1, close), start + 1, true);
                        // a command in quotes; it holds no quote of this kind, so that this goes no deeper than their
                        // three
                        new Line(text, start + 1, close, out).scan();
                        continue;
                    }
                    at = start + 1;
                    start = at;
                }
                while (at < end && !isSpace(text.charAt(at)) && !isQuote(text.charAt(at))) {
                    at++;
                }
                if (at > start) {
                    word(text.substring(start, Math.min(at, start + LONGEST)), start, false);
                }
            }
        }

        private boolean isWordEnd(int next) {
            return next >= end || isSpace(text.charAt(next)) || ";,)|&".indexOf(text.charAt(next)) >= 0;
        }

        private void word(String word, int start, boolean quoted) {
            value(word, start, quoted);
            String plain = word.substring(word.lastIndexOf('/') + 1);
            boolean next = ENDS.contains(word) || CALLS.contains(plain);
            system = !next && (system || OF_SYSTEMS.contains(plain));
            login = !next && (login || LOGINS.contains(plain));
            glued = !next && (glued || GLUED.contains(plain));
            redis = !next && (redis || plain.equals("redis-cli"));
            openssl = !next && (openssl || plain.equals("openssl"));
            if (before.equals("echo") || first.equals("echo") && before.startsWith("-")) {
                echoed = word;
                echoedAt = start;
            }
            netrc |=
                    word.equals("machine") || word.equals("login") && before.isEmpty() || netrc && word.equals("login");
            first = before;
            before = word;
        }

        private void value(String word, int start, boolean quoted) {
            int length = word.length();
            if (before.equals("-p") && login || before.equals("-a") && redis) {
                weigh(SecretName.PASSWORD, NAMED, word, start);
            } else if (before.equals("-k") && openssl) {
                weigh(SecretName.PASSWORD, NAMED, word, start);
            } else if (word.equals("--password-stdin")) {
                weigh(SecretName.PASSWORD, "a password that a command is given by echo", echoed, echoedAt);
            } else if (word.startsWith("pass:") && before.startsWith("-pass")) {
                weigh(SecretName.PASSWORD, NAMED, word.substring(5), start + 5);
            } else if (USERS.contains(before) || word.startsWith("--user=")) {
                userAndPassword(word, start);
            } else if (word.startsWith("-u") && length > 4 && word.indexOf(':') > 3) {
                userAndPassword(word, start);
            } else if (isOption(before) && !word.startsWith("-")) {
                weigh(SecretName.of(before), NAMED, word, start);
            } else if (glued && word.startsWith("-p") && length > 4 || glued && word.startsWith("-P") && length > 8) {
                weigh(SecretName.PASSWORD, NAMED, word.substring(2), start + 2);
            } else if (first.equals("ENV") || first.equals("ARG") || first.equals("setx")) {
                weigh(SecretName.of(before), "the value of a key that is named like a secret", word, start);
            } else if (before.equals("requirepass")
                    || before.equals("masterauth")
                    || netrc && before.equals("password")) {
                weigh(SecretName.PASSWORD, "the value of a key that is named like a secret", word, start);
            } else if (quoted && BEFORE_QUOTED.contains(before.toLowerCase(Locale.ROOT))) {
                weigh(SecretName.PASSWORD, "a password in a statement", word, start);
            }
        }

        private void userAndPassword(String word, int start) {
            int from = word.startsWith("--user=") ? 7 : word.startsWith("-u") && !word.equals("-u") ? 2 : 0;
            int colon = word.indexOf(':', from);
            if (colon < 0 || system) {
                return;
            }
            String user = word.substring(from, colon);
            String password = word.substring(colon + 1);
            boolean one = password.equals(user)
                    || password.chars().allMatch(c -> c >= '0' && c <= '9')
                            && user.chars().allMatch(c -> c >= '0' && c <= '9');
            if (password.length() > 2
                    && !one
                    && password.charAt(0) != '/'
                    && !SecretValue.isReference(password)
                    && !SecretValue.isPlaceholder(password)) {
                out.add(LOGIN, true, start + colon + 1, start + word.length());
            }
        }

        private void weigh(SecretName name, String kind, String word, int start) {
            int weight = SecretValue.weigh(name, word, '=');
            if (weight > SecretValue.NO) {
                out.add(kind, weight == SecretValue.CERTAIN, start, start + word.length());
            }
        }
    }

    private static boolean isOption(String word) {
        return word.length() > 3 && word.charAt(0) == '-' && word.indexOf('=') < 0 && word.indexOf(':') < 0;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }
}
