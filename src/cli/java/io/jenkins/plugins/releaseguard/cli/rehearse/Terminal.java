// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.PrintStream;

/** Lines that stay, and on a real terminal one that is overwritten. Elsewhere no control character is ever written. */
final class Terminal {
    private static final int USUAL_WIDTH = 80;
    private static final int LEAST_WIDTH = 20;

    /** What is longer nobody reads: others' words may be a megabyte. */
    private static final int LONGEST = 800;

    private final PrintStream out;
    private final boolean live;
    private final int width;
    private int shown;

    Terminal(PrintStream out, boolean live, int width) {
        this.out = out;
        this.live = live;
        this.width = Math.max(LEAST_WIDTH, width);
    }

    /** This process's own: live where both ends are a terminal that can go back in a line. */
    static Terminal ofProcess() {
        boolean live = System.console() != null && !"dumb".equals(System.getenv("TERM"));
        return new Terminal(System.out, live, width(System.getenv("COLUMNS")));
    }

    private static int width(String columns) {
        return columns != null && columns.matches("[0-9]{1,4}") && !columns.matches("0+")
                ? Integer.parseInt(columns)
                : USUAL_WIDTH;
    }

    boolean isLive() {
        return live;
    }

    /** A line that stays; what is too long goes on below, indented, and what is longer than anybody reads is cut. */
    synchronized void line(String text) {
        clear();
        for (String piece : Wrap.text(cut(Shown.line(text)), live ? width - 1 : Integer.MAX_VALUE)) {
            out.println(piece);
        }
        out.flush();
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "…";
    }

    /** What is true now; on a terminal it takes the place of the last such line, elsewhere it is left out. */
    synchronized void status(String text) {
        if (!live) {
            return;
        }
        String fitting = Lines.bounded(Shown.line(text), width - 1);
        out.print("\r" + fitting + " ".repeat(Math.max(0, shown - fitting.length())));
        out.flush();
        shown = fitting.length();
    }

    synchronized void clear() {
        if (shown > 0) {
            out.print("\r" + " ".repeat(shown) + "\r");
            shown = 0;
        }
    }
}
