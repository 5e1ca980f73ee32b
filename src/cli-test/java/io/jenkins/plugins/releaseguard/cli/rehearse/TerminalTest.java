// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.testing.HostileTexts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void withoutATerminalThereIsNoControlCharacterAndNoStatus() {
        Terminal terminal = new Terminal(out, false, 40);
        terminal.status("12 % done");
        terminal.line("a line that is a good deal longer than forty characters");
        terminal.clear();
        assertThat(said()).isEqualTo("a line that is a good deal longer than forty characters\n");
    }

    @Test
    void aStatusIsOverwrittenAndCutToTheWidth() {
        Terminal terminal = new Terminal(out, true, 24);
        terminal.status("12 % of a long sentence that goes on");
        terminal.status("done");
        assertThat(said().split("\r")).allMatch(s -> s.length() < 24);
        assertThat(said()).endsWith("\rdone" + " ".repeat(19));
    }

    @Test
    void aLineTakesThePlaceOfTheStatus() {
        Terminal terminal = new Terminal(out, true, 30);
        terminal.status("12 %");
        terminal.line("phase 2");
        assertThat(said()).isEqualTo("\r12 %\r    \rphase 2\n");
    }

    @Test
    void whatIsLongerThanAnybodyReadsIsCut() {
        new Terminal(out, false, 80).line("  the router said: " + "x".repeat(1 << 20));
        assertThat(said()).startsWith("  the router said: xxx").endsWith("…\n").hasSizeLessThan(1000);
    }

    @Test
    void noTextOfOthersSteersTheTerminal() {
        for (String text : HostileTexts.all()) {
            bytes.reset();
            new Terminal(out, false, 80).line(text);
            assertThat(HostileTexts.forbidden(said())).as(text).isEmpty();
            assertThat(said()).as(text).containsOnlyOnce("\n");
            bytes.reset();
            new Terminal(out, true, 80).status(text);
            assertThat(HostileTexts.forbidden(said().replace("\r", "")))
                    .as(text)
                    .isEmpty();
        }
    }

    @Property
    void wrappingKeepsEveryWordAndTheWidth(
            @ForAll @IntRange(min = 20, max = 200) int width, @ForAll("lines") String line) {
        assertThat(Wrap.text(line, width)).allMatch(piece -> piece.length() <= width);
        String joined = String.join(" ", Wrap.text(line, width)).replaceAll("\\s+", "");
        assertThat(joined).isEqualTo(line.replaceAll("\\s+", ""));
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.strings().withChars("ab  é%").ofMaxLength(400);
    }

    @Test
    void continuationsAreIndented() {
        assertThat(Wrap.text("  one two three four five", 20))
                .isEqualTo(Arrays.asList("  one two three four", "    five"));
    }

    private String said() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
