// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import java.util.List;

/** A numbered section: sentences first, then tables, then a list. */
public record Section(int number, String title, List<String> sentences, List<Table> tables, List<String> items) {
    public int getNumber() {
        return number;
    }

    public String getTitle() {
        return title;
    }

    public List<String> getSentences() {
        return sentences;
    }

    public List<Table> getTables() {
        return tables;
    }

    public List<String> getItems() {
        return items;
    }
}
