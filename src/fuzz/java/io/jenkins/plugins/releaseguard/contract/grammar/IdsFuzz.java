// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import io.jenkins.plugins.releaseguard.Seeds;
import io.jenkins.plugins.releaseguard.contract.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Lists of ids: ranges within bounds, or an error whose offset lies in the text. */
public final class IdsFuzz {
    private IdsFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(IdsFuzz.class, IdsFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is a list of ids. */
    public static boolean accepts(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            Ids.parse(text);
            return true;
        } catch (SyntaxProblem e) {
            int column = e.at(ReadRule.ID, new Position("ids", 1, 1)).at().column();
            if (e.getMessage().isBlank() || column < 1 || column > text.length() + 1) {
                throw new AssertionError("the error points outside the text: " + column + " " + e.getMessage());
            }
            return false;
        }
    }
}
