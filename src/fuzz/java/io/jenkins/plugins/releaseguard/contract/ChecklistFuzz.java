// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Seeds;
import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.grammar.BoxMark;
import io.jenkins.plugins.releaseguard.contract.grammar.CheckBox;
import io.jenkins.plugins.releaseguard.contract.grammar.PersonNames;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lines of a checklist: a box that is drawn becomes an entry or is told, and none is ticked that has no tick in it. */
public final class ChecklistFuzz {
    private static final Pattern TICK = Pattern.compile("(?i)[x☑✅✔✓🗹]|check|\\(/\\)|&#");
    private static final int MOST = 8;

    private ChecklistFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(ChecklistFuzz.class, ChecklistFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether some line of it is a box. */
    public static boolean accepts(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        ContractYamlFuzz.contract("## Before\nOwner: ops\n\n" + text, "release.md");
        List<String> boxes = text.lines()
                .limit(MOST)
                .filter(line -> CheckBox.parse(line).isPresent())
                .toList();
        for (String line : boxes) {
            box(line, CheckBox.parse(line).orElseThrow());
        }
        return !boxes.isEmpty();
    }

    private static void box(String line, CheckBox box) {
        if (box.ticked() && !TICK.matcher(line).find()) {
            throw new AssertionError("ticked by nothing: " + line);
        }
        if (!box.by().isEmpty() && !PersonNames.isPerson(box.by())) {
            throw new AssertionError("by nobody: " + box);
        }
        Optional<BoxMark> mark = BoxMark.in(line.strip());
        boolean drawn = mark.isPresent() && !mark.get().sign();
        if (drawn
                && line.length() < 200
                && box.text().codePoints().filter(Character::isLetter).count() > 2) {
            told(line);
        }
    }

    private static void told(String line) {
        try {
            Contract contract = Catalog.STANDARD
                    .reader()
                    .parse("## Before\nOwner: ops\n\n" + line + "\n", "release.md", Variables.unresolved(Map.of()));
            if (contract.entries().isEmpty() && contract.notes().isEmpty()) {
                throw new AssertionError("nothing became of the box: " + line);
            }
        } catch (ContractException e) {
            Refusal.check(e);
        }
    }
}
