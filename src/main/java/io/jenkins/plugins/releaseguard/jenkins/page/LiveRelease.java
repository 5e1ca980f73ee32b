// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import io.jenkins.plugins.releaseguard.evidence.People;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.gate.GateOverride;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A release under way, as pages see it. All methods return at once unless they say so; permissions are the caller's business. */
@Restricted(NoExternalUse.class)
public interface LiveRelease {
    LiveFacts facts();

    /** How long its work has waited for our own threads, as a sentence; empty where that isn't worth a word. */
    default String lateness() {
        return "";
    }

    /** What was expected of it when it began, in some words; empty where nothing was, and until it is known. */
    default String expected() {
        return "";
    }

    /** How long it will likely take yet, in some words; empty where nobody knows. */
    default String remaining() {
        return "";
    }

    /** The folder that holds the release's journal. */
    Path folder();

    State state();

    /** The gate is behind it, and the rollout is at least armed. */
    boolean hasStarted();

    /** It has ended, and is only being sealed. */
    boolean hasEnded();

    /** What a signature is bound to; empty where there is nothing to sign for. */
    String digest();

    /** Users and groups as last heard of; answers at once. */
    People people();

    /** Users and groups, asked for now. May ask a user directory. */
    People peopleNow();

    /** Whether a person has spoken on an entry, for this very artifact: who was heard may take it back, also after leaving a group. */
    boolean hasSpoken(String entry, String person);

    /** Who may sign an entry, as the contract names them; empty where nobody signs such an entry. */
    Optional<List<String>> signers(String entry);

    /** Who can't sign an entry, as those who made the release; empty where nobody is kept from it, or nobody knows. May ask a user directory. */
    Set<String> authors(String entry) throws IOException;

    /** Whether the gate has said no, and waits for people. */
    boolean isHeld();

    /** Who must let the phase under way go on; empty for nobody. */
    List<String> phaseApprovers();

    /** Approvals that the release waits for now. */
    List<PendingSignOff> pending();

    void sign(SignOff signOff) throws IOException;

    /** What the gate held against it when it last decided, for an override to name; empty before, and where nothing is. */
    List<String> against() throws IOException;

    void override(GateOverride override) throws IOException;

    /** What the gate held against it when it last decided and a permitted person may waive, one by one; empty before. */
    List<WaivableFinding> waivable() throws IOException;

    /** User ids of those who made the release and so waive nothing of it; empty where nobody can tell. May ask a user directory. */
    Optional<Set<String>> makers() throws IOException;

    /**
     * Lets one finding go.
     *
     * @param until when that ends
     */
    void waive(WaivableFinding finding, String by, String reason, Instant at, Instant until) throws IOException;

    /**
     * A person's command to the rollout: pause, resume, promote, approve, take or close.
     *
     * @param phase the index of the phase that is meant, null for whichever is under way
     */
    void operate(OperatorCommand command, String by, String reason, Integer phase);

    /**
     * Brings the last good version back, or ends a release that has moved nothing yet.
     *
     * @param cause abort or operator
     */
    void rollBack(BreachCause cause, String by, String reason);
}
