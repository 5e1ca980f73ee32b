// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

/**
 * A label with its value; {@code href} is empty or an http(s) address, {@code code} asks for a fixed-width face.
 */
public record Fact(String label, String value, String href, boolean code) {
    public String getLabel() {
        return label;
    }

    public String getValue() {
        return value;
    }

    public String getHref() {
        return href;
    }

    public boolean isCode() {
        return code;
    }
}
