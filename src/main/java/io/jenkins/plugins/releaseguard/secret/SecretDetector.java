// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import java.util.List;

/**
 * Tells values of secrets in text: tokens whose form their provider documents, private keys, addresses with a password, headers that
 * authorise, options of commands, and values of keys that are named like secrets. References ({@code ${NAME}}, ids, paths of a vault),
 * placeholders, digests and prose are none. Kinds follow the public rule sets of gitleaks and detect-secrets. Whatever the text, each
 * character is looked at a bounded number of times: nothing backtracks.
 */
public final class SecretDetector {
    /** Findings of one text; the rest is found when those are gone. */
    public static final int MOST = 100;

    private SecretDetector() {}

    /** In the order of the text; of findings that overlap, the one that knows more. */
    public static List<SecretFinding> find(String text) {
        SecretSpans spans = new SecretSpans(text);
        TokenForms.scan(text, spans);
        PrivateKeys.scan(text, spans);
        SecretAddresses.scan(text, spans);
        CommandOptions.scan(text, spans);
        Assignments.scan(text, spans);
        return spans.findings(MOST);
    }
}
