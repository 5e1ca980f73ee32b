// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.util.List;

/** Contracts with something missing. */
public final class UnfinishedContractFixture {
    private UnfinishedContractFixture() {}

    public static String sha(String text) {
        return Sha256.hex(text);
    }

    public static Contract of(Entry entry) {
        Contract c = FakeCheckContext.contract("");
        return with(c, c.release(), List.of(entry));
    }

    public static Contract without(String what) {
        Contract c = FakeCheckContext.contract("");
        Release r = c.release();
        Release less = new Release(
                r.service(),
                r.version(),
                what.equals("commit") ? "" : r.commit(),
                what.equals("artifacts") ? List.of() : r.artifacts(),
                r.scope(),
                r.includes(),
                r.owner(),
                what.equals("author") ? "" : r.author(),
                r.objective(),
                r.at());
        return with(c, less, c.entries());
    }

    private static Contract with(Contract c, Release release, List<Entry> entries) {
        return new Contract(
                c.apiVersion(),
                c.file(),
                c.sha256(),
                release,
                c.risks(),
                c.metrics(),
                c.rollout(),
                entries,
                c.flags(),
                c.playbook(),
                c.communication(),
                c.notes());
    }
}
