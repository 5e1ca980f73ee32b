// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.Status;
import java.time.Instant;

/** A finding in the making: what was looked at first, the verdict last. */
final class Found {
    private String looked = "";
    private String value = "";
    private String limit = "";
    private String sha256 = "";
    private Origin origin = Origin.CONTROLLER;
    private Instant at;

    private Found(Instant at) {
        this.at = at;
    }

    /** By the controller, now, unless said otherwise. */
    static Found now(CheckContext context) {
        return new Found(context.now());
    }

    Found looked(String what) {
        looked = Say.line(what);
        return this;
    }

    Found from(Origin where) {
        origin = where;
        return this;
    }

    Found sha(String digest) {
        sha256 = digest;
        return this;
    }

    Found at(Instant when) {
        at = when;
        return this;
    }

    Found value(String number) {
        value = Say.line(number);
        return this;
    }

    Found limit(String bound) {
        limit = Say.line(bound);
        return this;
    }

    Finding pass(String reason) {
        return finding(Status.PASS, reason, "", "");
    }

    Finding fail(String reason, String fix) {
        return finding(Status.FAIL, reason, fix, "");
    }

    Finding unknown(String reason, String fix) {
        return finding(Status.UNKNOWN, reason, fix, "");
    }

    /** Unknown because nothing but a person's word is missing. */
    Finding awaiting(String who, String reason, String fix) {
        return finding(Status.UNKNOWN, reason, fix, who);
    }

    private Finding finding(Status status, String reason, String fix, String awaits) {
        return new Finding(status, looked, value, limit, Say.line(reason), Say.line(fix), origin, sha256, at, awaits);
    }
}
