// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Position;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Where a piece of YAML begins in its file, so that its marks become the file's positions. Line and column count from
 * 1.
 */
record SourceOffset(String file, int line, int column) {
    /** A whole file. */
    static SourceOffset of(String file) {
        return new SourceOffset(file, 1, 1);
    }

    Position position(Mark mark) {
        return new Position(file, line + mark.getLine(), mark.getColumn() + (mark.getLine() == 0 ? column : 1));
    }

    Position position(Node node) {
        return position(node.getStartMark());
    }

    Position start() {
        return new Position(file, line, column);
    }
}
