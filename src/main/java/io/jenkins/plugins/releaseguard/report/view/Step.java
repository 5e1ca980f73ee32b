// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

/** A phase as a step of the stairs; {@code height} is 0 to 100. */
public record Step(String name, String weight, Badge badge, String duration, int height, String reason) {
    public String getName() {
        return name;
    }

    public String getWeight() {
        return weight;
    }

    public Badge getBadge() {
        return badge;
    }

    public String getDuration() {
        return duration;
    }

    public int getHeight() {
        return height;
    }

    public String getReason() {
        return reason;
    }
}
