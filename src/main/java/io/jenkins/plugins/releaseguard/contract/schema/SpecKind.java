// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

/**
 * A kind of check or action. {@code main} is the field that a single value stands for: {@code {command: ./check}} is
 * {@code {command: {run: ./check}}}; empty where the kind has none.
 */
public record SpecKind(Shape shape, String main) {
    public String name() {
        return shape.name();
    }
}
