// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import java.util.List;

/** A row of a table. */
public record Row(List<Cell> cells) {
    public List<Cell> getCells() {
        return cells;
    }
}
