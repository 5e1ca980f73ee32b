// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

/** A verdict to show: the word, its tone (good, bad, warn, info, plain) and a sign that needs no colour. */
public record Badge(String word, String tone, String mark) {
    public String getWord() {
        return word;
    }

    public String getTone() {
        return tone;
    }

    public String getMark() {
        return mark;
    }
}
