// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.action;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;

import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.FieldType;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import java.time.Duration;

/** Takes the new version off a router that is not the rollout's own, and reads it back. */
final class TrafficAction implements ProcedureAction {
    private static final SpecKind KIND = SpecKind.action(
                    "traffic", "Sets the new version's share of the traffic; needs no agent.")
            .main(Field.of("weight", FieldType.NUMBER, "percent of the traffic, 0 to 100")
                    .must())
            .fields(text("router", "id of a router set up in Jenkins; else the rollout's"));

    private static final Duration BETWEEN_READINGS = Duration.ofMillis(300);

    /** A little less than the runner gives, which would not know why. */
    private static final double OWN_PART = 0.8;

    @Override
    public SpecKind kind() {
        return KIND;
    }

    /** Tries until it is read back. */
    @Override
    public void perform(ActionCall call) throws EffectException, InterruptedException {
        double weight = call.settings().number("weight").orElse(0.0);
        if (weight != 0) {
            throw new EffectException("a rollback gives the new version no traffic, and the procedure wants " + weight
                    + " %: nothing was shifted; write traffic: 0");
        }
        String name = call.settings().text("router");
        Duration limit = call.limit(call.context().contract().release().objective());
        long until = System.nanoTime() + (long) (limit.toNanos() * OWN_PART);
        while (true) {
            String why = tried(call.context(), name);
            if (why == null) {
                return;
            }
            if (System.nanoTime() >= until) {
                throw new EffectException("the router '" + name + "' still gives the new version traffic: " + why
                        + "; take it off by hand now");
            }
            Thread.sleep(BETWEEN_READINGS.toMillis());
        }
    }

    /** Null where it is done, and read back. */
    private static String tried(ActionContext context, String name) throws InterruptedException {
        try {
            TrafficRouter router = context.router(name);
            router.shift(0);
            RouterReading reading = router.read();
            return reading.weight() == 0 ? null : "it reads " + reading.weight() + " %";
        } catch (EffectException e) {
            return e.getMessage();
        }
    }
}
