// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Rollout.Phase;
import io.jenkins.plugins.releaseguard.evidence.ReleaseDigest;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.gate.GateOverride;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardPermissions;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.rollout.Life;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Where people speak to a release in motion: sign off, override, operate. Every call is a POST, checks a permission when it is
 * made and not when a page was shown, and leaves a name in the journal.
 */
@Restricted(NoExternalUse.class)
public final class ReleaseDesk {
    private static final Set<String> COMMANDS = Set.of("pause", "resume", "promote", "rollback", "abort");
    private static final int LONGEST = 2000;

    private final Run<?, ?> run;
    private final ReleaseRef release;

    ReleaseDesk(Run<?, ?> run, ReleaseRef release) {
        this.run = run;
        this.release = release;
    }

    public ReleaseRef getRelease() {
        return release;
    }

    /** What a signature is bound to; empty where there is nothing to sign for. */
    public String getDigest() {
        return open().map(r -> ReleaseDigest.of(r.contract().release())).orElse("");
    }

    /**
     * Approves or refuses an entry, as one of those whom the contract names.
     *
     * @param digest what the page showed; another one by now is refused
     */
    @RequirePOST
    public HttpResponse doSignOff(
            @QueryParameter(fixEmpty = true) String entry,
            @QueryParameter(fixEmpty = true) String digest,
            @QueryParameter boolean approve,
            @QueryParameter String comment)
            throws IOException {
        job().checkPermission(ReleaseGuardPermissions.SIGN_OFF);
        Person person = Person.current();
        OpenRelease opened = inMotion();
        CheckSpec approval = opened.contract().entries(CriteriaEntry.class).stream()
                .filter(e -> e.id().equals(entry))
                .flatMap(e -> e.verify().stream())
                .filter(spec -> spec.kind().equals("approval"))
                .findFirst()
                .orElseThrow(() -> error(404, Messages.ReleaseDesk_NoSuchEntry()));
        if (!person.isOneOf(approval.settings().texts("of"))) {
            throw error(
                    403,
                    Messages.ReleaseDesk_NotNamed(
                            String.join(", ", approval.settings().texts("of"))));
        }
        String bound = ReleaseDigest.of(opened.contract().release());
        if (bound.isEmpty() || digest == null || !same(bound, digest)) {
            throw error(409, Messages.ReleaseDesk_OtherArtifact());
        }
        opened.sign(
                new SignOff(entry, person.id(), person.groups(), approve, shortened(comment), bound, Instant.now()));
        return HttpResponses.redirectToDot();
    }

    /** Lets the release start in spite of the gate. */
    @RequirePOST
    public HttpResponse doOverride(@QueryParameter String reason) throws IOException {
        job().checkPermission(ReleaseGuardPermissions.OVERRIDE);
        Person person = Person.current();
        if (Util.fixEmptyAndTrim(reason) == null) {
            throw error(400, Messages.ReleaseDesk_NoReason());
        }
        OpenRelease opened = inMotion();
        if (opened.runner() != null) {
            throw error(409, Messages.ReleaseDesk_Started());
        }
        opened.override(new GateOverride(person.id(), shortened(reason), Instant.now()));
        return HttpResponses.redirectToDot();
    }

    /** Pauses, resumes, promotes, aborts or rolls back. */
    @RequirePOST
    public HttpResponse doOperate(@QueryParameter String command, @QueryParameter String reason) {
        job().checkPermission(ReleaseGuardPermissions.OPERATE);
        Person person = Person.current();
        if (!COMMANDS.contains(command)) {
            throw error(400, Messages.ReleaseDesk_NoSuchCommand());
        }
        OpenRelease opened = inMotion();
        String why = Util.fixEmptyAndTrim(reason) == null ? command + " by " + person.id() : shortened(reason);
        if (command.equals("abort") || command.equals("rollback")) {
            opened.rollBack(command.equals("abort") ? "abort" : "operator", person.id(), why);
        } else if (opened.runner() == null) {
            throw error(409, Messages.ReleaseDesk_NotStarted());
        } else {
            opened.runner().operate(command, person.id(), why);
        }
        return HttpResponses.redirectToDot();
    }

    /** Lets the phase under way go on, as one of those whom the contract names for it. */
    @RequirePOST
    public HttpResponse doApprovePhase(@QueryParameter int phase, @QueryParameter String comment) {
        job().checkPermission(ReleaseGuardPermissions.SIGN_OFF);
        Person person = Person.current();
        OpenRelease opened = inMotion();
        if (opened.runner() == null
                || opened.state().phaseIndex() != phase
                || opened.state().life() != Life.BAKING) {
            throw error(409, Messages.ReleaseDesk_OtherPhase());
        }
        Phase under = opened.runner().plan().phases().get(phase);
        if (!person.isOneOf(under.approve())) {
            throw error(403, Messages.ReleaseDesk_NotNamed(String.join(", ", under.approve())));
        }
        opened.runner().operate("approve", person.id(), shortened(comment));
        return HttpResponses.redirectToDot();
    }

    private Job<?, ?> job() {
        return run.getParent();
    }

    private Optional<OpenRelease> open() {
        return job().hasPermission(Item.READ) ? ReleaseGuardService.get().find(release.getId()) : Optional.empty();
    }

    private OpenRelease inMotion() {
        OpenRelease opened = open().orElseThrow(() -> error(409, Messages.ReleaseDesk_Ended()));
        if (opened.outcome() != null) {
            throw error(409, Messages.ReleaseDesk_Ended());
        }
        return opened;
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(
                a.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8),
                b.trim().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    private static String shortened(String text) {
        String plain = Util.fixNull(text).trim();
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    }

    private static HttpResponses.HttpResponseException error(int status, String message) {
        return HttpResponses.errorWithoutStack(status, message);
    }

    /** Who calls: the user id, never the display name, with the groups of this moment. */
    private record Person(String id, Set<String> groups) {
        static Person current() {
            var authentication = jenkins.model.Jenkins.getAuthentication2();
            if (hudson.security.ACL.isAnonymous2(authentication)) {
                throw error(403, Messages.ReleaseDesk_Anonymous());
            }
            Set<String> groups = new java.util.TreeSet<>();
            authentication.getAuthorities().forEach(a -> groups.add(a.getAuthority()));
            return new Person(authentication.getName(), groups);
        }

        boolean isOneOf(List<String> names) {
            return names.stream().anyMatch(name -> name.equals(id) || groups.contains(name));
        }
    }
}
