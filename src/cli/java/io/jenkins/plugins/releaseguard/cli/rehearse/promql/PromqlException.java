// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

/** An expression that can't be read or isn't supported here; {@code type} is Prometheus' word for it. */
final class PromqlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String type;

    private PromqlException(String type, String message) {
        super(message);
        this.type = type;
    }

    static PromqlException parse(int at, String message) {
        return new PromqlException(
                "bad_data", "invalid parameter \"query\": 1:" + (at + 1) + ": parse error: " + message);
    }

    static PromqlException execution(String message) {
        return new PromqlException("execution", message);
    }

    String type() {
        return type;
    }
}
