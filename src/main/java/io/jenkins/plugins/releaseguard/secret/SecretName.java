// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the name of a key says of its value: {@code DB_PASSWORD_PROD}, {@code spring.datasource.password}, {@code AccountKey}. */
enum SecretName {
    /** Of no secret. */
    NONE,
    /** Of a word that somebody may have thought of. */
    PASSWORD,
    /** Of something that a machine made. */
    TOKEN,
    /** The same, long always: sessions and signatures of addresses. */
    LONG_TOKEN;

    private static final Set<String> KEYS = WordList.set("""
        api access secret private signing signature encryption account shared master auth authentication license
        deploy storage admin client app application webhook hmac jwt crypto integration routing ingest insert write
        subscription function service functions host cipher aes ssh rsa pgp gpg sas user
        """);
    private static final Set<String> FUSED = WordList.set("""
        apikey secretkey accesskey privatekey authkey accountkey sharedkey signingkey encryptionkey masterkey
        licensekey clientsecret apisecret apitoken authtoken accesstoken bearertoken refreshtoken bottoken usertoken
        secret secrets token tokens pat
        """);
    private static final Set<String> PASSWORDS = Set.of(
            "pwd", "pass", "passwd", "passwords", "passphrase", "passcode", "requirepass", "masterauth", "userpw");
    private static final Set<String> SESSIONS =
            Set.of("jsessionid", "sessionid", "session", "sessid", "sig", "signature", "phpsessid");

    /** After the word: then the value is something about the secret. */
    private static final Set<String> ABOUT = WordList.set("""
        id ids ref refs reference name names file files path paths url uri urls dir ttl expiry expires expiration
        expire age lifetime validity duration timeout rotation rotated rotate policy rule rules length len size min
        max count limit limits budget rate ratio total seconds type kind format store storage provider manager source
        backend engine header headers field param parameter prefix suffix env var variable arn version hash hashed
        hashing digest sha256 sha1 md5 checksum fingerprint encoder encoding algorithm alg strength scheme method mode
        flow endpoint issuer audience scope scopes status state required enabled disabled optional valid set owner
        vault stdin prompt hint label title description text placeholder message error errors reset change changed
        less mask masked pattern regex class service server host bucket window usage used per key keys location region
        procedure plan
        """);

    /** Before the word: then it is no secret, or a number of them. */
    private static final Set<String> BEFORE = WordList.set("""
        public pub max min maximum minimum num number total count next page prev previous continuation pagination sync
        cancel cancellation fencing design syntax no without forgot prompt completion input output cache idempotency
        publishable
        """);

    /** Of a name as it stands in a file, with its dots, dashes and humps. */
    static SecretName of(String name) {
        List<String> words = words(name);
        for (int i = words.size() - 1; i >= 0; i--) {
            SecretName found = at(words, i);
            if (found != NONE) {
                boolean about = words.subList(i + 1, words.size()).stream().anyMatch(ABOUT::contains);
                return about || i > 0 && BEFORE.contains(words.get(i - 1)) ? NONE : found;
            }
        }
        return NONE;
    }

    private static SecretName at(List<String> words, int i) {
        String word = words.get(i);
        String before = i > 0 ? words.get(i - 1) : "";
        if (word.endsWith("password")
                || word.endsWith("passwd")
                || word.endsWith("passphrase")
                || PASSWORDS.contains(word)) {
            // "pass: 95%" is a result
            return word.equals("pass") && i == 0 ? NONE : PASSWORD;
        }
        if (FUSED.contains(word)
                || word.length() > 6 && (word.endsWith("apikey") || word.endsWith("token") || word.endsWith("secret"))
                || (word.equals("key") || word.equals("keys")) && KEYS.contains(before)
                || word.equals("auth") && before.equals("rediscli")
                || word.equals("credential")
                || word.equals("credentials")
                || word.equals("creds")) {
            // of GitHub; alone it is somebody's name
            return word.equals("pat") && before.isEmpty() ? NONE : TOKEN;
        }
        return SESSIONS.contains(word) ? LONG_TOKEN : NONE;
    }

    static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean hump = i > 0
                    && isUpper(c)
                    && (!isUpper(name.charAt(i - 1)) || i + 1 < name.length() && isLower(name.charAt(i + 1)));
            if (hump || !Alphabet.ALNUM.has(c)) {
                end(word, words);
            }
            if (Alphabet.ALNUM.has(c)) {
                word.append(c);
            }
        }
        end(word, words);
        return words;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString().toLowerCase(Locale.ROOT));
            word.setLength(0);
        }
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }
}
