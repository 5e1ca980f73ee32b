// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

/** The rules that a contract must hold to be read at all; each id is documented in docs/rules.md. */
public enum ReadRule {
    MISSING("RG-MISSING", "The contract is a regular file that can be read"),
    SIZE(
            "RG-SIZE",
            "A contract is at most 1 MiB, 100 000 values and 20 levels deep, and asks for no more than can be looked at"),
    EMPTY("RG-EMPTY", "A contract and its keys have content"),
    YAML("RG-YAML", "A contract is one YAML document"),
    ALIAS("RG-ALIAS", "Anchors are few and never lead back to themselves"),
    TAG("RG-TAG", "No YAML tags: a contract is data, never a program's objects"),
    DUPLICATE_KEY("RG-DUPLICATE-KEY", "A key stands once"),
    UNKNOWN_KEY("RG-UNKNOWN-KEY", "Only known keys, so that a misspelt guard is not an absent guard"),
    REQUIRED("RG-REQUIRED", "What a release can't do without is there"),
    TYPE("RG-TYPE", "A value is of its field's type"),
    VERSION("RG-VERSION", "apiVersion is release-guard/v1"),
    VARIABLE("RG-VARIABLE", "Every ${NAME} is defined"),
    SENSITIVE("RG-SENSITIVE", "No ${NAME} of a secret"),
    PLACE("RG-PLACE", "${NAME} stands only where its value can't become more than a value"),
    PATTERN("RG-PATTERN", "A regular expression is one that is matched in linear time"),
    ADDRESS("RG-ADDRESS", "An address stays on the path where it begins"),
    HEADER("RG-HEADER", "A header has one line, and steers no connection"),
    DURATION("RG-DURATION", "A duration has a unit"),
    THRESHOLD("RG-THRESHOLD", "A threshold is in the threshold language"),
    ID("RG-ID", "Ids are a known prefix, a hyphen and a number, and stand once"),
    INCLUDE("RG-INCLUDE", "Included files are few, small and inside the repository"),
    METRIC("RG-METRIC", "A metric has the queries of its kind"),
    ROLLOUT("RG-ROLLOUT", "Phases rise to 100 % and bake times fit"),
    DEED(
            "RG-DEED",
            "What a contract says is carried out, or shown: a word that does nothing is refused, with what to write instead"),
    DEFAULTS("RG-DEFAULTS", "What the contract leaves open is filled in, and said");

    private final String id;
    private final String title;

    ReadRule(String id, String title) {
        this.id = id;
        this.title = title;
    }

    public String id() {
        return id;
    }

    public String title() {
        return title;
    }
}
