// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.write;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.read.ContractReader;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a contract in the text form: entries as DEP- blocks, what surrounds them as front matter. What is read of it means the same as the
 * contract, and that is seen here each time: entries that plain lines can't say (a title of two lines, an odd label) stand in
 * the front matter, with those before them, as their order counts. Values are filled in; what still looks like a variable is written with a
 * second dollar, and stays words.
 */
public final class ContractText {
    private static final String FILE = "release.md";
    private static final String PARTED = "\n---\n\n";

    private final ContractReader reader;
    private final SpecValues specs;

    /** @param reader of the kinds that the contract names */
    public ContractText(ContractReader reader) {
        this.reader = reader;
        this.specs = new SpecValues(reader.catalog());
    }

    /**
     * The text.
     *
     * @param contract read with all its variables defined: one that is open would be written as words
     * @throws ContractException the contract names what this reader doesn't know, so that nobody could read it again
     */
    public String of(Contract contract) throws ContractException {
        List<Entry> entries = contract.entries().stream()
                .filter(entry -> !entry.id().startsWith("DEFAULT-"))
                .toList();
        int plain = entries.size();
        while (plain > 0 && isSaidInLines(entries.get(plain - 1))) {
            plain--;
        }
        String text = text(contract, entries, plain);
        if (plain < entries.size() && !means(text, contract)) {
            text = text(contract, entries, entries.size());
        }
        // what this reader refuses it says here
        reader.parse(text, FILE, Variables.none());
        return text;
    }

    private String text(Contract contract, List<Entry> entries, int inFront) {
        EntryValues values = new EntryValues(specs);
        Map<String, Object> front = new FrontValues(contract).values();
        if (inFront > 0) {
            front.put(
                    "entries",
                    entries.subList(0, inFront).stream().map(values::of).toList());
        }
        List<String> blocks = new ArrayList<>();
        entries.subList(inFront, entries.size()).forEach(entry -> blocks.add(EntryLines.of(values.of(entry))));
        String matter = front.isEmpty() ? "" : "---\n" + YamlWriter.block(front) + "---\n\n";
        return matter + String.join(PARTED, blocks);
    }

    private boolean isSaidInLines(Entry entry) {
        String text = EntryLines.of(new EntryValues(specs).of(entry));
        if (!Shown.lines(text).equals(text)) {
            return false;
        }
        try {
            List<Entry> read = reader.parse(text, FILE, Variables.none()).entries();
            return read.size() == 1 && Meaning.of(read.get(0)).equals(Meaning.of(entry));
        } catch (ContractException e) {
            return false;
        }
    }

    private boolean means(String text, Contract contract) {
        try {
            return Meaning.of(reader.parse(text, FILE, Variables.none())).equals(Meaning.of(contract));
        } catch (ContractException e) {
            return false;
        }
    }
}
