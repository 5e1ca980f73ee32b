// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Where included files come from. By the time it is asked for, a path has been checked to hold no {@code ..}; it
 * counts from
 * the contract's folder, or from the repository's root where it begins with a slash.
 */
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

    /** Files of a repository; symbolic links below {@code root} are refused wherever they lead. */
    static Includes of(Path root, Path folder) {
        return path -> {
            Path base = path.startsWith("/") ? root : folder;
            Path file = base.resolve(path.replaceFirst("^/", ""));
            Path at = root;
            for (Path name : root.relativize(file)) {
                at = at.resolve(name);
                if (Files.isSymbolicLink(at)) {
                    throw new IOException("it is or goes through a symbolic link");
                }
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(Files.exists(file) ? "it is not a regular file" : "there is no such file");
            }
            return read(file);
        };
    }

    /**
     * Files of the repository that the contract's file lies in: the nearest folder above with {@code .git}, else its
     * own.
     */
    static Includes around(Path contract) {
        Path folder = contract.toAbsolutePath().normalize().getParent();
        for (Path root = folder; root != null; root = root.getParent()) {
            if (Files.exists(root.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                return of(root, folder);
            }
        }
        return folder == null ? NONE : of(folder, folder);
    }

    /** A file's text, at most as much as a contract may have. */
    static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return read(in);
        }
    }

    /** A text, at most as much as a contract may have. */
    static String read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(YamlText.MOST_CHARACTERS + 1);
        if (bytes.length > YamlText.MOST_CHARACTERS) {
            throw new IOException("it is larger than 1 MiB");
        }
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
