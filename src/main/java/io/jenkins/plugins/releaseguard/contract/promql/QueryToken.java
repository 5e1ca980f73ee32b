// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

/**
 * A piece of a query.
 *
 * @param text as it is written; of a string what is between the quotes, escapes as they stand
 * @param at offset of its first character
 * @param end offset behind its last
 */
record QueryToken(Type type, String text, int at, int end) {
    enum Type {
        NUMBER,
        DURATION,
        NAME,
        STRING,
        SIGN,
        END
    }

    boolean is(String sign) {
        return type == Type.SIGN && text.equals(sign);
    }

    /** Words of the language are the same in capitals. */
    boolean isWord(String word) {
        return type == Type.NAME && text.equalsIgnoreCase(word);
    }

    /** For messages. */
    String shown() {
        return type == Type.END ? "the end" : "'" + text + "'";
    }
}
