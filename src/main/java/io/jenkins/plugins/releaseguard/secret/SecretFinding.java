// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

/**
 * A secret's value in a text, by its kind and place; never the value.
 *
 * @param kind such as "an AWS access key id", to be read after "a secret seems to stand here: "
 * @param certain whether the value itself has the form of a secret; else it only follows a name that speaks of one
 * @param line of the value's first character, from 1
 * @param column in UTF-16 code units, from 1
 */
public record SecretFinding(String kind, boolean certain, int line, int column) {}
