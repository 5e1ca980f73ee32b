// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class Sha256Test {
    /** NIST's examples for FIPS 180-4. */
    @Test
    void digestsAsTheStandardSays() {
        assertThat(Sha256.hex("")).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Sha256.hex("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Sha256.hex("a".repeat(1_000_000)))
                .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }

    @Test
    void textBytesStreamAndPiecesAgree() throws IOException {
        String text = "Überweisung ".repeat(20_000);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MessageDigest pieces = Sha256.begin();
        pieces.update(bytes, 0, 1000);
        pieces.update(bytes, 1000, bytes.length - 1000);

        assertThat(Sha256.hex(text))
                .isEqualTo(Sha256.hex(bytes))
                .isEqualTo(Sha256.hex(new ByteArrayInputStream(bytes)))
                .isEqualTo(Sha256.hex(pieces));
    }
}
