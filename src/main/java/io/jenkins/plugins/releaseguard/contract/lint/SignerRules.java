// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.NOTE;

import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Signer;
import java.util.List;
import java.util.regex.Pattern;

/** Who is named to sign: users and groups apart. */
final class SignerRules {
    private static final Pattern ALMOST = Pattern.compile("(?i)(?:users?|groups?)\\s*:.*");

    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-SIGNER-NAME",
                    ERROR,
                    Category.SECURITY,
                    AntiPattern.UNCLEAR_OWNERSHIP,
                    "Who may sign has a name, after user: or group: in small letters",
                    SignerRules::names),
            new LintRule(
                    "RG-SIGNER-BARE",
                    NOTE,
                    Category.SECURITY,
                    AntiPattern.UNCLEAR_OWNERSHIP,
                    "Who may sign is written apart, as user:ann or group:release-managers: a bare name counts only"
                            + " where Jenkins has just one of the two",
                    SignerRules::bare));

    private SignerRules() {}

    private interface Look {
        void at(Signer signer, String where, Position at);
    }

    private static void each(ContractFacts facts, Look look) {
        facts.checks()
                .filter(c -> c.getValue().kind().equals("approval"))
                .forEach(c -> Signer.all(c.getValue().settings().texts("of"))
                        .forEach(signer -> look.at(
                                signer,
                                "the approval of " + c.getKey().id(),
                                c.getValue().at())));
        facts.contract()
                .rollout()
                .phases()
                .forEach(phase -> Signer.all(phase.approve())
                        .forEach(signer -> look.at(
                                signer,
                                "phase " + phase.name(),
                                facts.contract().rollout().at())));
    }

    private static void names(ContractFacts facts, LintFindings out) {
        each(facts, (signer, where, at) -> {
            if (isNobody(signer)) {
                out.add(
                        at,
                        where + " names '" + signer + "', which is nobody's name",
                        "write user:ann for a person, group:release-managers for a group");
            }
        });
    }

    private static void bare(ContractFacts facts, LintFindings out) {
        each(facts, (signer, where, at) -> {
            if (signer.bare() && !isNobody(signer)) {
                out.add(
                        at,
                        where + " names '" + signer + "' without saying whether that is a user or a group",
                        "write " + signer.apart());
            }
        });
    }

    private static boolean isNobody(Signer signer) {
        return signer.name().isBlank()
                || signer.bare() && ALMOST.matcher(signer.name()).matches();
    }
}
