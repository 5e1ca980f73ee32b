// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** Where JSON is wrong; what passes a limit of the parser, as brackets in brackets do, comes without a place. */
final class JsonPlace {
    private JsonPlace() {}

    /** {@code :line:column}, or nothing. */
    static String of(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
    }

    /** {@code , column n}, or nothing. */
    static String column(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null ? "" : ", column " + at.getColumnNr();
    }
}
