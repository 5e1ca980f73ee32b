// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of a controller, which signs what it seals: 32 bytes, kept as 64 hexadecimal digits in a file of its own. Whoever has it can
 * seal, too: it stays where the controller keeps its other secrets. It is never printed.
 */
public final class SealKey {
    /** How many bytes a key has; digits are twice as many. */
    public static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALGORITHM = "HmacSHA256";
    private static final String ID_DOMAIN = "release-guard/key-id/1";
    private static final int ID_DIGITS = 16;

    private final byte[] bytes;
    private final String problem;

    private SealKey(byte[] bytes, String problem) {
        this.bytes = bytes;
        this.problem = problem;
    }

    /**
     * A key as it is written down; blanks around it don't count.
     *
     * @throws IllegalArgumentException not 64 hexadecimal digits; the message doesn't quote it
     */
    public static SealKey of(CharSequence digits) {
        int from = 0;
        int to = digits.length();
        while (from < to && Character.isWhitespace(digits.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(digits.charAt(to - 1))) {
            to--;
        }
        if (to - from != 2 * BYTES) {
            throw new IllegalArgumentException(
                    "a key has " + 2 * BYTES + " hexadecimal digits, not " + (to - from) + " characters");
        }
        try {
            return new SealKey(HexFormat.of().parseHex(digits, from, to), "");
        } catch (IllegalArgumentException e) {
            // without the cause, which quotes it
            throw new IllegalArgumentException("a key has hexadecimal digits, nothing else");
        }
    }

    /**
     * The key in a file, which is made with the first use, for its owner alone.
     *
     * @throws IOException it can't be read or made, or is none
     */
    public static synchronized SealKey keptIn(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            make(file);
        }
        if (Files.size(file) > 1024) {
            throw new IOException(file.getFileName() + " is no key: it is too long");
        }
        try {
            return of(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file.getFileName() + " is no key: " + e.getMessage());
        }
    }

    /** Stands for a key that should be there: it signs nothing, and nothing is believed for it. */
    public static SealKey unreadable(String problem) {
        return new SealKey(null, problem);
    }

    private static void make(Path file) throws IOException {
        byte[] fresh = new byte[BYTES];
        RANDOM.nextBytes(fresh);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileAttribute<?>[] ownersAlone =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        byte[] text = (HexFormat.of().formatHex(fresh) + "\n").getBytes(StandardCharsets.US_ASCII);
        // whole or not at all: half a key would be none, and what is sealed meanwhile unproven for ever
        Path part = file.resolveSibling("." + file.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".part");
        try {
            try (FileChannel out = FileChannel.open(
                    part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersAlone)) {
                out.write(ByteBuffer.wrap(text));
                out.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Tells keys apart without telling them: 16 hexadecimal digits; empty for one that can't be read. */
    public String id() {
        return bytes == null ? "" : hmac(ID_DOMAIN).substring(0, ID_DIGITS);
    }

    /** Why it can't be used, as a sentence; empty where it can. */
    public String problem() {
        return problem;
    }

    /** Signs a text; null where the key can't be read. */
    public KeyedDigest sign(String text) {
        return bytes == null ? null : new KeyedDigest(id(), hmac(text));
    }

    /** Whether this very key signed the text. */
    public boolean signed(String text, KeyedDigest by) {
        return bytes != null
                && by != null
                && by.hmac() != null
                && MessageDigest.isEqual(
                        hmac(text).getBytes(StandardCharsets.US_ASCII),
                        by.hmac().getBytes(StandardCharsets.UTF_8));
    }

    private String hmac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
