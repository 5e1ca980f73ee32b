// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.ledger;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What a key has signed: the {@linkplain SealKey#id() key's id} and the HMAC-SHA256 (RFC 2104) in lower-case hexadecimal digits. As it
 * was read, any of them may be null or nonsense.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record KeyedDigest(String key, String hmac) {}
