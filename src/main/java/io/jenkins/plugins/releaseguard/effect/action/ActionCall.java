// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.action;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.contract.Settings;
import java.time.Duration;

/**
 * One action that is due.
 *
 * @param key names this action within its release, the same when it is asked for again
 * @param entry the id of the Rollback entry whose procedure it belongs to; null for none
 * @param settings its fields in the contract
 * @param context what it may use
 */
@Beta
public record ActionCall(String key, String entry, Settings settings, ActionContext context) {
    /** What the action may take by itself: its {@code deadline}, or what is usual. The runner ends it in any case. */
    public Duration limit(Duration usual) {
        return settings.duration("deadline")
                .filter(d -> !d.isZero() && !d.isNegative())
                .orElse(usual);
    }

    /** Names this action in the world outside: receivers that know it do nothing twice. */
    public String idempotencyKey() {
        return context.release() + "-" + key;
    }
}
