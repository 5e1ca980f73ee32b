// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import java.util.List;

/** A table with a caption; rows have as many cells as there are columns. */
public record Table(String caption, List<String> columns, List<Row> rows) {
    public String getCaption() {
        return caption;
    }

    public List<String> getColumns() {
        return columns;
    }

    public List<Row> getRows() {
        return rows;
    }
}
