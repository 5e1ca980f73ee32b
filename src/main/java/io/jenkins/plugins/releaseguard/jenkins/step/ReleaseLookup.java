// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.jenkins.service.FrozenContract;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import java.io.IOException;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** How a step comes to its release: an enclosing step has it, or the build has it, or it is opened now. */
final class ReleaseLookup {
    private final StepContext context;
    private final ReleaseStep step;
    private final boolean gate;

    /** @param gate whether the step decides if others may go on */
    ReleaseLookup(StepContext context, ReleaseStep step, boolean gate) {
        this.context = context;
        this.step = step;
        this.gate = gate;
    }

    /** The release that is open already; empty where this step is the first. */
    Optional<OpenRelease> known() throws IOException, InterruptedException {
        ReleaseRef outer = context.get(ReleaseRef.class);
        if (outer != null) {
            return Optional.of(ReleaseGuardService.get()
                    .find(outer.id())
                    .orElseThrow(() -> new AbortException("The release " + outer.id() + " has ended already")));
        }
        return ReleaseGuardService.get().find(context.get(Run.class), step.getEnvironment());
    }

    /** Opens one, or says who is in the way. */
    Opening open() throws IOException, InterruptedException {
        FrozenContract frozen = new ContractLoader(context, step).load();
        Run<?, ?> run = context.get(Run.class);
        if (!gate && ReleaseGuardService.refused(run, step.getEnvironment())) {
            throw new AbortException(
                    "The gate said no-go for " + step.getEnvironment() + " in this build: no traffic is moved");
        }
        ReleaseGuardService releases = ReleaseGuardService.get();
        String service = frozen.contract().release().service();
        Optional<OpenRelease> opened = releases.open(run, frozen, step.getEnvironment());
        String rival = opened.isPresent()
                ? null
                : releases.rival(service, step.getEnvironment())
                        .map(r -> r.info().run())
                        .orElse("another build");
        if (rival != null && step.refuses()) {
            throw ReleaseFailure.failure(rival + " releases " + service + " to " + step.getEnvironment()
                    + " at this time; start this build again later");
        }
        return new Opening(opened.orElse(null), rival, service);
    }

    /** @param release null where {@code rival} releases the same service to the same environment */
    record Opening(OpenRelease release, String rival, String service) {}
}
