// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.world;

/** The two versions behind the proxy; {@code label} is what stands in the metrics' {@code track} label and as the server's name. */
public enum Track {
    BASELINE("baseline"),
    CANARY("canary");

    private final String label;

    Track(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
