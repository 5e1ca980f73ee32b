// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

/** What an exception says, in one bounded line. */
final class Said {
    private static final int LENGTH = 300;

    private Said() {}

    static String by(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : line(message);
    }

    /** One line without control characters, cut where it is long. */
    static String line(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…";
    }
}
