// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import io.jenkins.plugins.releaseguard.Beta;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An answer: status, content type, the body up to the bound ({@code truncated} where there was more) and the time it took. */
@Beta
public record HttpResult(int status, String contentType, byte[] body, boolean truncated, Duration took) {
    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
