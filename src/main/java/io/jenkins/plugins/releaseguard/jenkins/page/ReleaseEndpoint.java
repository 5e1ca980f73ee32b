// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.Util;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.evidence.Signers;
import io.jenkins.plugins.releaseguard.gate.FindingWaiver;
import io.jenkins.plugins.releaseguard.gate.GateOverride;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardPermissions;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.sf.json.JSONObject;
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
public final class ReleaseEndpoint {
    private static final Set<OperatorCommand> COMMANDS = EnumSet.of(
            OperatorCommand.PAUSE,
            OperatorCommand.RESUME,
            OperatorCommand.PROMOTE,
            OperatorCommand.ROLLBACK,
            OperatorCommand.ABORT,
            OperatorCommand.TAKE,
            OperatorCommand.CLOSE);
    private static final int LONGEST = 2000;

    private final AccessControlled place;
    private final String record;

    /** @param place whose permissions count: the build, or what is left of it */
    ReleaseEndpoint(AccessControlled place, String record) {
        this.place = place;
        this.record = record;
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
        Person person = permitted(ReleaseGuardPermissions.SIGN_OFF);
        LiveRelease release = inMotion();
        List<String> signers = release.signers(Util.fixNull(entry))
                .orElseThrow(() -> error(404, Messages.ReleaseEndpoint_NoSuchEntry()));
        if (approve || !release.hasSpoken(entry, person.id())) {
            requireNamed(person, signers, release);
        }
        if (person.isAny(release.authors(entry))) {
            throw error(403, Messages.ReleaseEndpoint_Author());
        }
        if (!approve && plain(comment).isEmpty()) {
            throw error(400, Messages.ReleaseEndpoint_RefusalNeedsWords());
        }
        String bound = release.digest();
        if (bound.isEmpty() || digest == null || !same(bound, digest)) {
            throw error(409, Messages.ReleaseEndpoint_OtherArtifact());
        }
        release.sign(new SignOff(entry, person.id(), person.groups(), approve, plain(comment), bound, Instant.now()));
        return noted();
    }

    /**
     * Lets the release start in spite of the gate.
     *
     * @param shown ids of the findings that the page showed; where another one has come since, the person has not decided on it
     */
    @RequirePOST
    public HttpResponse doOverride(@QueryParameter String reason, @QueryParameter String shown) throws IOException {
        Person person = permitted(ReleaseGuardPermissions.OVERRIDE);
        LiveRelease release = inMotion();
        if (release.hasStarted()) {
            throw error(409, Messages.ReleaseEndpoint_Started());
        }
        String why = reason(reason);
        List<String> against = release.against();
        if (against.isEmpty()) {
            throw error(409, Messages.ReleaseEndpoint_NothingAgainst());
        }
        List<String> seen = List.of(Util.fixNull(shown).split(","));
        List<String> unseen = against.stream()
                .filter(finding -> !seen.contains(GateOverride.id(finding)))
                .map(GateOverride::inWords)
                .toList();
        if (!unseen.isEmpty()) {
            throw error(409, Messages.ReleaseEndpoint_NotShown(String.join(", ", unseen)));
        }
        release.override(new GateOverride(person.id(), why, Instant.now(), against));
        return noted();
    }

    /**
     * Lets one finding of the gate go, for a time.
     *
     * @param finding its id, as the page showed it; what the gate doesn't hold against the release now is refused
     * @param days how long, from 1 to 7; 1 where it is left out
     */
    @RequirePOST
    public HttpResponse doWaive(
            @QueryParameter String finding, @QueryParameter String reason, @QueryParameter Integer days)
            throws IOException {
        Person person = permitted(ReleaseGuardPermissions.OVERRIDE);
        LiveRelease release = inMotion();
        if (release.hasStarted()) {
            throw error(409, Messages.ReleaseEndpoint_Started());
        }
        Set<String> makers = release.makers().orElseThrow(() -> error(409, Messages.ReleaseEndpoint_MakersUnknown()));
        if (person.isAny(makers)) {
            throw error(403, Messages.ReleaseEndpoint_MakerWaives());
        }
        String why = reason(reason);
        Duration end = days == null ? FindingWaiver.USUAL : Duration.ofDays(days);
        if (end.compareTo(FindingWaiver.USUAL) < 0 || end.compareTo(FindingWaiver.LONGEST) > 0) {
            throw error(400, Messages.ReleaseEndpoint_Days(FindingWaiver.LONGEST.toDays()));
        }
        WaivableFinding meant = release.waivable().stream()
                .filter(one -> one.getId().equals(finding))
                .findFirst()
                .orElseThrow(() -> error(409, Messages.ReleaseEndpoint_NotHeldNow()));
        Instant now = Instant.now();
        try {
            release.waive(meant, person.id(), why, now, now.plus(end));
        } catch (IOException e) {
            throw error(500, Messages.ReleaseEndpoint_NotKept(e.getMessage()));
        }
        return noted();
    }

    /**
     * Pauses, resumes, promotes, aborts or rolls back; takes over or closes what doesn't end by itself.
     *
     * @param phase index of the phase that is to be promoted; another one by now is refused
     */
    @RequirePOST
    public HttpResponse doOperate(
            @QueryParameter(fixEmpty = true) String command,
            @QueryParameter String reason,
            @QueryParameter Integer phase) {
        Person person = permitted(ReleaseGuardPermissions.OPERATE);
        OperatorCommand asked = OperatorCommand.of(command);
        if (asked == null || !COMMANDS.contains(asked)) {
            throw error(400, Messages.ReleaseEndpoint_NoSuchCommand());
        }
        String why = reason(reason);
        LiveRelease release = inMotion();
        if (asked == OperatorCommand.ABORT || asked == OperatorCommand.ROLLBACK) {
            release.rollBack(
                    asked == OperatorCommand.ABORT ? BreachCause.ABORT : BreachCause.OPERATOR, person.id(), why);
        } else if (!release.hasStarted()) {
            throw error(409, Messages.ReleaseEndpoint_NotStarted());
        } else if (Control.of(release.state()).stream().noneMatch(control -> control.command() == asked)) {
            throw error(409, Messages.ReleaseEndpoint_NotNow());
        } else if (asked == OperatorCommand.PROMOTE && phase == null) {
            throw error(400, Messages.ReleaseEndpoint_WhichPhase());
        } else if (asked == OperatorCommand.PROMOTE && release.state().phaseIndex() != phase) {
            throw error(409, Messages.ReleaseEndpoint_OtherPhase());
        } else {
            release.operate(asked, person.id(), why, asked == OperatorCommand.PROMOTE ? phase : null);
        }
        return noted();
    }

    /** Lets the phase under way go on, as one of those whom the contract names for it. */
    @RequirePOST
    public HttpResponse doApprovePhase(@QueryParameter int phase, @QueryParameter String comment) {
        Person person = permitted(ReleaseGuardPermissions.SIGN_OFF);
        LiveRelease release = inMotion();
        if (release.state().phaseIndex() != phase || release.state().life() != Lifecycle.BAKING) {
            throw error(409, Messages.ReleaseEndpoint_OtherPhase());
        }
        requireNamed(person, release.phaseApprovers(), release);
        release.operate(OperatorCommand.APPROVE, person.id(), plain(comment), phase);
        return noted();
    }

    private Person permitted(Permission permission) {
        place.checkPermission(permission);
        Person person = Person.current();
        if (person.anonymous()) {
            throw error(403, Messages.ReleaseEndpoint_Anonymous());
        }
        return person;
    }

    private static void requireNamed(Person person, List<String> names, LiveRelease release) {
        String against = person.against(names, release.peopleNow());
        if (against != null) {
            throw error(
                    403,
                    against.equals(Signers.NOT_NAMED)
                            ? Messages.ReleaseEndpoint_NotNamed(String.join(", ", names))
                            : Messages.ReleaseEndpoint_Unclear(against));
        }
    }

    private LiveRelease inMotion() {
        return LiveReleases.find(record)
                .filter(release -> !release.hasEnded())
                .orElseThrow(() -> error(409, Messages.ReleaseEndpoint_Ended()));
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(
                a.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8),
                b.trim().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    private static String reason(String text) {
        String reason = plain(text);
        if (reason.isEmpty()) {
            throw error(400, Messages.ReleaseEndpoint_NoReason());
        }
        return reason;
    }

    /** One line of bounded length: logs and journals show it. */
    private static String plain(String text) {
        return Lines.bounded(text, LONGEST);
    }

    private static HttpResponse noted() {
        return Responses.json(new JSONObject().element("message", Messages.ReleaseEndpoint_Noted()));
    }

    private static HttpResponses.HttpResponseException error(int status, String message) {
        return Responses.refusal(status, message);
    }
}
