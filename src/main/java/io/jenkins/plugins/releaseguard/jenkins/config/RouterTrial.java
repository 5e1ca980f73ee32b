// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import java.util.List;

/** What a form's test says of a router: what a release would be held for, and what it would be told, before the first users are moved. */
final class RouterTrial {
    private static final double ALL = 100;

    private RouterTrial() {}

    /** Reads it once; moves nothing. */
    static FormValidation of(TrafficRouter router) throws EffectException, InterruptedException {
        RouterReading reading = router.read();
        String share = Double.isNaN(reading.weight())
                ? Messages.HaproxySetup_NoShare()
                : Messages.HaproxySetup_Works(reading.weight());
        if (reading.ground().unfit() != null) {
            return FormValidation.error(
                    share + " " + Messages.HaproxySetup_Unfit(reading.ground().unfit()));
        }
        if (reading.weight() != ALL && !Boolean.TRUE.equals(reading.baselineServing())) {
            return FormValidation.error(share + " " + Messages.HaproxySetup_Unfit(Messages.HaproxySetup_NoBaseline()));
        }
        List<String> unproven = router.unproven();
        return FormValidation.ok(
                unproven.isEmpty() ? share : share + " " + Messages.HaproxySetup_Unproven(String.join("; ", unproven)));
    }
}
