// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.jenkins.ownership.ServiceAdmission;
import io.jenkins.plugins.releaseguard.jenkins.ownership.ServiceOwners;
import io.jenkins.plugins.releaseguard.jenkins.service.FrozenContract;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.journal.ContractOrigin;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** How a step comes to its release: an enclosing step has it, or the build has it, or it is opened now. */
final class ReleaseLookup {
    private final StepContext context;
    private final ReleaseStep step;
    private final boolean gate;
    private final ContractLoader loader;
    private FrozenContract frozen;

    /** @param gate whether the step decides if others may go on */
    ReleaseLookup(StepContext context, ReleaseStep step, boolean gate) {
        this.context = context;
        this.step = step;
        this.gate = gate;
        this.loader = new ContractLoader(context, step);
    }

    /**
     * The release that is open already: that of this step's service and environment; empty where this step is the first. A build may
     * have several, as different services or environments.
     */
    Optional<OpenRelease> known() throws IOException, InterruptedException {
        ReleaseRef outer = context.get(ReleaseRef.class);
        if (outer == null) {
            return match(ReleaseGuardService.get().open(context.get(Run.class), step.getEnvironment()));
        }
        OpenRelease enclosing = ReleaseGuardService.get()
                .find(outer.id())
                .orElseThrow(() -> new AbortException("The release " + outer.id() + " has ended already"));
        if (!step.namesEnvironment() && !step.namesContract()) {
            return Optional.of(enclosing);
        }
        boolean same = step.getEnvironment().equals(enclosing.environment()) || !step.namesEnvironment();
        if (same && (!step.namesContract() || isOf(enclosing, frozen()))) {
            return Optional.of(enclosing);
        }
        return match(ReleaseGuardService.get().open(context.get(Run.class), step.getEnvironment()));
    }

    /** By service, for which the contract must be read again; where it can't be, by what is known of it, if that is one only. */
    private Optional<OpenRelease> match(List<OpenRelease> open) throws IOException, InterruptedException {
        if (open.isEmpty()) {
            return Optional.empty();
        }
        FrozenContract read;
        try {
            read = frozen();
        } catch (IOException e) {
            List<OpenRelease> same = open.stream().filter(this::isPerhaps).toList();
            if (same.size() == 1) {
                return Optional.of(same.get(0));
            }
            throw open.size() == 1
                    ? e
                    : new AbortException(e.getMessage() + "\nThis build releases "
                            + open.stream().map(OpenRelease::service).collect(Collectors.joining(", ")) + " to "
                            + step.getEnvironment()
                            + ", and without the contract it can't be said which of them is meant");
        }
        return open.stream().filter(release -> isOf(release, read)).findFirst();
    }

    private static boolean isOf(OpenRelease release, FrozenContract read) {
        return release.service().equals(read.contract().release().service());
    }

    /** What could not be read, or not with what its variables stand for here, may be what was frozen: as this file, or no step says which. */
    private boolean isPerhaps(OpenRelease release) {
        String text = loader.text();
        return (!step.namesContract() || release.info().contractFile().equals(step.getContract()))
                && (text == null || FrozenContract.isTextOf(release, text));
    }

    private FrozenContract frozen() throws IOException, InterruptedException {
        if (frozen == null) {
            frozen = loader.load();
        }
        return frozen;
    }

    /** Opens one, or says who is in the way. */
    Opening open() throws IOException, InterruptedException {
        FrozenContract read = frozen();
        Run<?, ?> run = context.get(Run.class);
        String service = read.contract().release().service();
        if (!gate && ReleaseGuardService.refused(run, service, step.getEnvironment())) {
            throw new AbortException("The gate said no-go for " + service + " and " + step.getEnvironment()
                    + " in this build: no traffic is moved");
        }
        ReleaseGuardService releases = ReleaseGuardService.get();
        // may be stopped: a service is claimed by what begins a release
        ContractOrigin origin = loader.origin();
        ServiceAdmission admission = ServiceOwners.get().admit(run, service);
        Optional<OpenRelease> opened = releases.open(run, read.from(origin), step.getEnvironment(), admission);
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

    /**
     * Takes the routers that the release drives.
     *
     * @return who has one of them, in words; empty where all of them are its own now
     */
    Optional<String> holder(OpenRelease release) throws FlowInterruptedException {
        Optional<String> holder = ReleaseGuardService.get().routers().take(release);
        if (holder.isPresent() && step.refuses()) {
            throw ReleaseFailure.failure(holder.get() + " at this time; start this build again later");
        }
        return holder;
    }

    /** @param release null where {@code rival} releases the same service to the same environment */
    record Opening(OpenRelease release, String rival, String service) {}
}
