// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Where included files come from. The path has been checked to be relative and without {@code ..} by the time it is asked for. */
@FunctionalInterface
public interface Includes {
    /** Includes are refused, as there is no folder that they could come from. */
    Includes NONE = path -> {
        throw new IOException("includes are not available here");
    };

    /**
     * The file's text.
     *
     * @throws IOException with a message for the contract's author
     */
    String text(String path) throws IOException;

    /** Files below a folder; symbolic links are refused wherever they lead. */
    static Includes under(Path folder) {
        return path -> {
            Path at = folder;
            for (Path name : Path.of(path)) {
                at = at.resolve(name);
                if (Files.isSymbolicLink(at)) {
                    throw new IOException("it is or goes through a symbolic link");
                }
            }
            if (!Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(Files.exists(at) ? "it is not a regular file" : "there is no such file");
            }
            return decode(bytes(at));
        };
    }

    /** At most one byte more than a contract may have, so that the reader can tell that it is too large. */
    static byte[] bytes(Path file) throws IOException {
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(YamlText.MOST_CHARACTERS + 1);
        }
    }

    static String decode(byte[] bytes) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("it is not UTF-8 text", e);
        }
    }
}
