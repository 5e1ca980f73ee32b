// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.util.List;

/** Reads one tool's files. It has no state. */
interface ForeignReader {
    /** The tool's and the kinds' names. */
    String format();

    /** By its content, which it leaves untaken. */
    boolean knows(Given document);

    /** All documents that it knows at once, as they may refer to each other. What it takes of none is told. */
    void read(List<Carry.Source> documents, ContractDraft draft);
}
