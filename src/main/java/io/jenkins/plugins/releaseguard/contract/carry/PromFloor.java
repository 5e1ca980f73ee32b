// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.util.List;

/**
 * What {@code clamp_min} keeps above a number, so that nothing is divided by nothing.
 *
 * @param inner what is kept above it; the whole where there is no floor
 */
record PromFloor(String inner) {
    private static final String NAME = "clamp_min";

    static PromFloor of(String text) {
        String bare = PromTokens.bare(text);
        PromTokens tokens = new PromTokens(bare);
        int last = tokens.all().size() - 1;
        if (last < 4 || !tokens.all().get(0).is(NAME) || !tokens.all().get(1).is("(") || tokens.closing(1) != last) {
            return new PromFloor(text);
        }
        String inside =
                bare.substring(tokens.all().get(1).end(), tokens.all().get(last).start());
        List<String> arguments = new PromTokens(inside).split(",");
        boolean floor = arguments.size() == 2 && Numbers.of(arguments.get(1)) != null;
        return new PromFloor(floor ? arguments.get(0) : text);
    }
}
