// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Signer;
import io.jenkins.plugins.releaseguard.evidence.Approvals;
import io.jenkins.plugins.releaseguard.evidence.People;
import io.jenkins.plugins.releaseguard.evidence.ReleaseDigest;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Nobody sits at a rehearsal: its own named person signs, a member of every group that may, as often as the contract asks. */
final class RehearsedSignatures implements Approvals {
    static final String PERSON = "rehearsal";

    private final Contract contract;
    private final Instant at;
    private final boolean willing;

    RehearsedSignatures(Contract contract, Instant at, boolean willing) {
        this.contract = contract;
        this.at = at;
        this.willing = willing;
    }

    @Override
    public List<SignOff> of(String entry) {
        List<SignOff> signed = new ArrayList<>();
        if (willing) {
            contract.entries(CriteriaEntry.class).stream()
                    .filter(e -> e.id().equals(entry))
                    .flatMap(e -> e.verify().stream())
                    .filter(c -> c.kind().equals("approval"))
                    .forEach(c -> {
                        int count = c.settings().number("count").orElse(1.0).intValue();
                        List<Signer> signers = Signer.all(c.settings().texts("of"));
                        Set<String> groups = signers.stream()
                                .filter(s -> s.kind() != Signer.Kind.USER)
                                .map(Signer::name)
                                .collect(Collectors.toUnmodifiableSet());
                        String digest = ReleaseDigest.of(contract.release());
                        for (int i = 1; i <= count; i++) {
                            String by = groups.isEmpty() && i <= signers.size()
                                    ? signers.get(i - 1).name()
                                    : i == 1 ? PERSON : PERSON + "-" + i;
                            signed.add(new SignOff(entry, by, groups, true, "signed in a rehearsal", digest, at));
                        }
                    });
        }
        return signed;
    }

    /** Nobody is called as a group is. */
    @Override
    public People people() {
        return new People() {
            @Override
            public Known user(String name) {
                return Known.NO;
            }

            @Override
            public Known group(String name) {
                return Known.YES;
            }
        };
    }

    /** Authors are known by the name that the contract gives them. */
    @Override
    public Optional<String> user(String author) {
        return author.isBlank() ? Optional.empty() : Optional.of(author);
    }
}
