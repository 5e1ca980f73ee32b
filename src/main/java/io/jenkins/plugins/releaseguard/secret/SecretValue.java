// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a value looks like: a secret itself, a reference to one, a placeholder, or words. */
final class SecretValue {
    static final int NO = 0;
    static final int LIKELY = 1;
    static final int CERTAIN = 2;

    private static final int LEAST_PASSWORD = 6;
    private static final int LEAST_TOKEN = 8;
    private static final int CERTAIN_PASSWORD = 8;
    private static final int CERTAIN_TOKEN = 16;
    private static final int LEAST_LONG = 24;
    private static final int LEAST_DIGITS = 20;
    private static final int SEVERAL = 4;
    private static final int MOST = 256;

    private static final List<String> REFERENCES = WordList.of("""
        vault: arn: ssm: env: env. file: secret: secrets: secret/ secrets/ kms: ref+ sm: secretsmanager keyvault
        @microsoft.keyvault enc[ enc( {cipher} sha256: sha512: sha1: sha256- sha384- sha512- credentials( credentials/
        credentials: jenkins: projects/ op: doppler: aws: gcp: azure: data: pbkdf2 argon2 bcrypt: scrypt: ssh-rsa
        ssh-ed25519 lookup(
        """);
    private static final List<String> PLACEHOLDERS = WordList.of("""
        changeme change-me change_me changeit example placeholder redacted dummy your- your_ yourpass yourtoken
        yourapi yoursecret xxxx **** replace- replace_ replaceme insert- insert_ ... … to-be-set tobeset not-a-real
        notreal < •••
        """);
    private static final Set<String> WORDS_FOR_NOTHING = WordList.set("""
        password passwd pass pwd secret token key apikey api-key api_key none null nil empty true false yes no on off
        required optional hidden masked unset undefined todo tbd prompt inherit default string rotated disabled
        enabled external generated random manual jenkins bearer basic
        """);
    private static final Set<String> OF_REFERENCES = WordList.set("""
        password passwd pass pwd secret secrets token tokens key keys cred creds credential credentials apikey login
        id ref vault user account
        """);

    private SecretValue() {}

    /**
     * How much a value that follows a name looks like a secret.
     *
     * @param separator what stands between: '=' for settings and options, ':' for YAML, where the value may be prose
     */
    static int weigh(SecretName name, String all, char separator) {
        // no more is needed to tell, and a text may be one long value from each of its letters on
        String value = all.length() > MOST ? all.substring(0, MOST) : all;
        if (name == SecretName.NONE || isReference(value) || isPlaceholder(value)) {
            return NO;
        }
        return name == SecretName.PASSWORD ? password(value, separator) : token(name, value);
    }

    private static int password(String value, char separator) {
        if (value.length() < LEAST_PASSWORD) {
            return NO;
        }
        boolean digit = has(value, '0', '9');
        boolean letter = has(value, 'a', 'z') || has(value, 'A', 'Z');
        if (!letter) {
            return digit && pieces(value).length == 1 ? LIKELY : NO;
        }
        if (!isWorded(value, 0)) {
            boolean spokenOf = spokenOf(value) >= 1 && isWorded(value, 3);
            return spokenOf ? NO : value.length() >= CERTAIN_PASSWORD || digit ? CERTAIN : LIKELY;
        }
        boolean oneWord = pieces(value).length == 1 && value.equals(pieces(value)[0]);
        return separator == '=' && oneWord && spokenOf(value) == 0 ? LIKELY : NO;
    }

    private static int token(SecretName name, String value) {
        int least = name == SecretName.LONG_TOKEN ? LEAST_LONG : LEAST_TOKEN;
        if (value.length() < least || isWorded(value, 3)) {
            return NO;
        }
        boolean letter = has(value, 'a', 'z') || has(value, 'A', 'Z');
        boolean digit = has(value, '0', '9');
        if (!letter) {
            return value.length() >= LEAST_DIGITS && digit && pieces(value).length == 1 ? LIKELY : NO;
        }
        if (spokenOf(value) >= 1 && isWorded(value, SEVERAL)) {
            return NO;
        }
        return value.length() >= CERTAIN_TOKEN ? CERTAIN : digit ? LIKELY : NO;
    }

    /** Whether a value only says where the secret is, or stands for it. */
    static boolean isReference(String value) {
        if (value.isBlank()) {
            return true;
        }
        char first = value.charAt(0);
        char last = value.charAt(value.length() - 1);
        String lower = value.toLowerCase(Locale.ROOT);
        return first == '$'
                        && value.length() > 1
                        && (isNameStart(value.charAt(1)) || "{([".indexOf(value.charAt(1)) >= 0)
                // a bcrypt hash and its like
                || first == '$' && value.indexOf('$', 1) > 0
                || first == '%' && last == '%'
                || first == '@' && last == '@'
                || first == '<'
                || first == '['
                || first == '{' && value.length() > 1 && "{{%$".indexOf(value.charAt(1)) >= 0
                || first == '#' && value.startsWith("#{")
                || first == '&' && value.length() > 1 && isNameStart(value.charAt(1)) && isWorded(value, SEVERAL)
                || first == '!' && isWorded(value, SEVERAL)
                || (first == '/' || first == '~' || first == '.') && value.indexOf('/') >= 0 && isWorded(value, SEVERAL)
                || value.contains("${")
                || value.contains("$(")
                || value.contains("{{")
                || value.contains("://")
                || REFERENCES.stream().anyMatch(lower::startsWith)
                || isExpression(value);
    }

    /** {@code getenv("X")}, {@code os.environ["X"]}. */
    private static boolean isExpression(String value) {
        int at = 0;
        while (at < value.length() && (Alphabet.WORD.has(value.charAt(at)) || value.charAt(at) == '.')) {
            at++;
        }
        return at > 1
                && at < value.length()
                && (value.charAt(at) == '(' || value.charAt(at) == '[')
                && isNameStart(value.charAt(0));
    }

    static boolean isPlaceholder(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return WORDS_FOR_NOTHING.contains(lower)
                || PLACEHOLDERS.stream().anyMatch(lower::contains)
                || value.length() > 2 && value.chars().distinct().count() <= 2;
    }

    /** Whether the runs of a token's form are those of documentation: one character over and over, or EXAMPLE. */
    static boolean isMadeUp(String body) {
        String lower = body.toLowerCase(Locale.ROOT);
        return lower.contains("example")
                || lower.contains("xxxxx")
                || lower.contains("placeholder")
                || lower.contains("your_")
                || lower.contains("your-")
                || body.length() >= LEAST_TOKEN && body.chars().distinct().count() < Math.min(6, body.length() / 2);
    }

    /** Whether Base64 that says who somebody is: {@code user:password}. */
    static boolean isBasic(String base64) {
        if (base64.length() < LEAST_TOKEN) {
            return false;
        }
        try {
            String login = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = login.indexOf(':');
            return colon >= 0
                    && colon < login.length() - 1
                    && login.chars().allMatch(c -> c >= ' ' && c != '\uFFFD')
                    && !isPlaceholder(login.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Whether all of it is words, as ids, paths and prose have them: letters of one case or with humps, short numbers, v2.
     *
     * @param digits how many of them a word may end in
     */
    static boolean isWorded(String value, int digits) {
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            if (!Alphabet.ALNUM.has(c) && "-_./:,@+ ()".indexOf(c) < 0) {
                return false;
            }
        }
        for (String piece : pieces(value)) {
            if (!isWord(piece, digits)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(String piece, int digits) {
        int letters = 0;
        int humps = 0;
        while (letters < piece.length() && !isDigit(piece.charAt(letters))) {
            humps += letters > 0 && isLower(piece.charAt(letters - 1)) && !isLower(piece.charAt(letters)) ? 1 : 0;
            letters++;
        }
        int rest = piece.length() - letters;
        for (int i = letters; i < piece.length(); i++) {
            if (!isDigit(piece.charAt(i))) {
                return false;
            }
        }
        boolean version = letters == 1 && rest <= SEVERAL;
        boolean counted = letters == 0 ? rest <= SEVERAL : rest <= digits;
        return (version || counted) && humps * SEVERAL <= Math.max(SEVERAL, letters) && letters < LEAST_LONG;
    }

    /** How many of its words speak of secrets, as the ids of credentials do. */
    private static int spokenOf(String value) {
        return (int)
                SecretName.words(value).stream().filter(OF_REFERENCES::contains).count();
    }

    private static String[] pieces(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        value.chars().forEach(c -> plain.append(c < 128 && Alphabet.ALNUM.has((char) c) ? (char) c : ' '));
        return plain.toString().strip().split(" +");
    }

    private static boolean has(String value, char from, char to) {
        return value.chars().anyMatch(c -> c >= from && c <= to);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isNameStart(char c) {
        return c == '_' || Alphabet.ALNUM.has(c) && !isDigit(c);
    }
}
