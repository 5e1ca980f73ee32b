// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.verify;

import io.jenkins.plugins.releaseguard.ledger.SealKey;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** A key from a file descriptor or the terminal; no message quotes it. */
final class GivenKey {
    private static final int MOST = 1024;

    private GivenKey() {}

    /** @throws IOException it isn't open, or holds no key */
    static SealKey fromDescriptor(int descriptor) throws IOException {
        try {
            return fromFile(Path.of("/dev/fd/" + descriptor));
        } catch (NoSuchFileException e) {
            throw new IOException("it is not open", e);
        }
    }

    static SealKey fromFile(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST);
        }
        return of(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** Asks without an echo. */
    static SealKey fromPrompt() throws IOException {
        Console console = System.console();
        if (console == null) {
            throw new IOException("there is no terminal to ask at: use --key-fd");
        }
        char[] typed = console.readPassword("The controller's key: ");
        if (typed == null) {
            throw new IOException("no key was given");
        }
        try {
            return of(java.nio.CharBuffer.wrap(typed));
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    private static SealKey of(CharSequence text) throws IOException {
        try {
            return SealKey.of(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage());
        }
    }
}
