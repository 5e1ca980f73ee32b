// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.gate.GateOverride;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EventSize;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A release's journal while the gate decides, before there is a rollout, and what people said to the gate. */
final class GateRecord {
    static final String OVERRIDE = "override.json";

    /** The override that a gate has used, for the look before the first users. */
    static final String SPENT = "spent.json";

    private final RecordFolder folder;
    private JournalWriter journal;
    private volatile Event.Ended ended;

    GateRecord(RecordFolder folder) {
        this.folder = folder;
    }

    /** Everybody's word so far, oldest first. */
    List<SignOff> signOffs() throws IOException {
        SignOffs kept = folder.read(SignOffs.FILE, SignOffs.class);
        return kept == null ? List.of() : kept.signOffs();
    }

    synchronized void keep(SignOff signOff) throws IOException {
        List<SignOff> all = new ArrayList<>(signOffs());
        all.add(signOff);
        folder.write(SignOffs.FILE, new SignOffs(all));
    }

    void keep(GateOverride override) throws IOException {
        folder.write(OVERRIDE, override);
    }

    record SignOffs(List<SignOff> signOffs) {
        static final String FILE = "signoffs.json";
    }

    /** Null where the release has ended already. */
    synchronized Stamped append(Event event) throws IOException {
        if (ended != null) {
            return null;
        }
        if (journal == null) {
            journal = JournalFile.open(folder.journal());
        }
        Instant now = Instant.now();
        Stamped stamped = journal.append(now, now, EventSize.fit(event));
        if (event instanceof Event.Ended end) {
            ended = end;
            close();
        }
        return stamped;
    }

    /** Ends what can't be written any more: nothing has moved yet, and nothing will. */
    synchronized void end(Event.Ended end) {
        if (ended == null) {
            ended = end;
        }
    }

    /** How the release ended before a rollout; null where it goes on. */
    Event.Ended ended() {
        return ended;
    }

    /** @param end what was written before a restart; null for none */
    void resume(Event.Ended end) {
        ended = end;
    }

    synchronized void close() throws IOException {
        if (journal != null) {
            journal.close();
            journal = null;
        }
    }
}
