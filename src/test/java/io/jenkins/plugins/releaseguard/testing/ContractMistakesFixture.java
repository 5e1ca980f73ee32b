// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What newcomers write, each with the mistake, the contract and the message that tells them. */
public final class ContractMistakesFixture {
    /** Stands in for the rest of a contract; a mistake replaces one of its lines or is put at its end. */
    public static final String BASE = """
        apiVersion: release-guard/v1
        release:
          service: checkout
          version: ${VERSION}
        metrics:
          - {id: MON-001, kind: rate, source: prometheus, errors: e, total: t}
        rollout:
          bake: 15m
        entries:
          - id: DEP-001
            type: Rollback
            owner: payments-team
            metric: MON-001
            threshold: ">2% of requests for 5 minutes"
            procedure: [{traffic: 0}]
        """;

    private static Arguments swap(String mistake, String from, String to, String message) {
        assertThat(BASE).contains(from);
        return Arguments.of(mistake, BASE.replace(from, to), message);
    }

    private static Arguments add(String mistake, String end, String message) {
        return Arguments.of(mistake, BASE + end, message);
    }

    public static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        "an empty file",
                        "",
                        "release.yaml:1:1: error: the contract is empty [RG-EMPTY] -> start from the sample in"
                                + " docs/contract.md"),
                Arguments.of(
                        "only comments",
                        "# nothing yet\n",
                        "release.yaml:1:1: error: the contract is empty [RG-EMPTY] -> start from the sample in"
                                + " docs/contract.md"),
                Arguments.of(
                        "some other file",
                        "<project></project>\n",
                        "release.yaml:1:1: error: a contract is a mapping of keys to values, this is the text"
                                + " '<project></project>' [RG-TYPE] -> begin with: apiVersion: release-guard/v1"),
                Arguments.of(
                        "a list at the top",
                        "- id: DEP-001\n",
                        "release.yaml:1:1: error: a contract is a mapping of keys to values, this is a list [RG-TYPE]"
                                + " -> begin with: apiVersion: release-guard/v1"),
                Arguments.of(
                        "two documents",
                        BASE + "---\nrelease: {}\n",
                        "release.yaml:16:1: error: not YAML: a second document begins here [RG-YAML] -> one contract a"
                                + " file: take out the --- and what follows"),
                swap(
                        "no apiVersion",
                        "apiVersion: release-guard/v1\n",
                        "",
                        "release.yaml:1:1: error: the contract has no apiVersion [RG-REQUIRED] -> add apiVersion:"
                                + " release-guard/v1"),
                swap(
                        "a wrong apiVersion",
                        "release-guard/v1",
                        "v1",
                        "release.yaml:1:13: error: apiVersion can't be 'v1' [RG-VERSION] -> one of release-guard/v1"),
                swap(
                        "no release",
                        "release:\n  service: checkout\n  version: ${VERSION}\n",
                        "",
                        "release.yaml:1:1: error: the contract has no release [RG-REQUIRED] -> add release: {service:"
                                + " …, version: …}"),
                swap(
                        "release without a version",
                        "  version: ${VERSION}\n",
                        "",
                        "release.yaml:3:3: error: release has no version [RG-REQUIRED] -> add version: (the new"
                                + " version)"),
                swap(
                        "an empty version",
                        "version: ${VERSION}",
                        "version:",
                        "release.yaml:3:3: error: release has no version [RG-REQUIRED] -> add version: (the new"
                                + " version)"),
                swap(
                        "a tab",
                        "  service: checkout",
                        "\tservice: checkout",
                        "release.yaml:3:1: error: not YAML: a tab stands where spaces belong [RG-YAML] -> indent with"
                                + " spaces"),
                swap(
                        "wrong indentation",
                        "  bake: 15m",
                        "  bake: 15m\n interval: 5s",
                        "release.yaml:9:2: error: not YAML: this line does not fit below the lines above it [RG-YAML]"
                                + " -> check the indentation, and that every [ { and quote is closed"),
                swap(
                        "an unquoted threshold",
                        "\">2% of requests for 5 minutes\"",
                        ">2% of requests for 5 minutes",
                        "release.yaml:14:18: error: not YAML: a value that begins with > or | needs quotes [RG-YAML]"
                                + " -> put quotes around a threshold: \">2% of requests for 5 minutes\""),
                swap(
                        "a variable inside braces without quotes",
                        "source: prometheus",
                        "source: ${VERSION}",
                        "release.yaml:6:40: error: not YAML: a ${…} inside { } or [ ] needs quotes [RG-YAML]"
                                + " -> put quotes around it: {version: \"${VERSION}\"}"),
                swap(
                        "an unclosed quote",
                        "minutes\"",
                        "minutes",
                        "release.yaml:14:16: error: not YAML: what begins here is never closed [RG-YAML] -> close the"
                                + " quote, the [ or the {; is the file complete?"),
                swap(
                        "an unclosed list",
                        "[{traffic: 0}]",
                        "[{traffic: 0}",
                        "release.yaml:15:16: error: not YAML: what begins here is never closed [RG-YAML] -> close the"
                                + " quote, the [ or the {; is the file complete?"),
                swap(
                        "a colon in a text",
                        "owner: payments-team",
                        "owner: payments: team",
                        "release.yaml:12:20: error: not YAML: a ':' stands where a value goes on [RG-YAML] -> put"
                                + " quotes around a text that holds ': ', or check this line's indentation against the one"
                                + " above"),
                swap(
                        "a star in a text",
                        "owner: payments-team",
                        "owner: *payments",
                        "release.yaml:12:12: error: not YAML: *payments is taken for a reference, which is not defined"
                                + " [RG-ALIAS] -> put quotes around a value that starts with * & ! % @ or `"),
                swap(
                        "a percent sign first",
                        "service: checkout",
                        "service: %checkout",
                        "release.yaml:3:12: error: not YAML: a value can't begin with % without quotes [RG-YAML] ->"
                                + " put quotes around a value that starts with * & ! % @ or `"),
                swap(
                        "a misspelt key",
                        "threshold:",
                        "treshold:",
                        "release.yaml:14:5: error: DEP-001 has no field 'treshold' [RG-UNKNOWN-KEY] -> did you mean"
                                + " 'threshold'?"),
                swap(
                        "a key in another case",
                        "procedure:",
                        "Procedure:",
                        "release.yaml:15:5: error: DEP-001 has no field 'Procedure' [RG-UNKNOWN-KEY] -> did you mean"
                                + " 'procedure'?"),
                swap(
                        "a key with underscores",
                        "  bake: 15m",
                        "  max_bake: 30m",
                        "release.yaml:8:3: error: rollout has no field 'max_bake' [RG-UNKNOWN-KEY] -> did you mean"
                                + " 'maxBake'?"),
                swap(
                        "a key of another place",
                        "  bake: 15m",
                        "  owner: me",
                        "release.yaml:8:3: error: rollout has no field 'owner' [RG-UNKNOWN-KEY] -> known here:"
                                + " strategy, phases, warmup, bake, maxBake, undecided, router, interval, noData, after, alpha,"
                                + " blastRadius, baseline, sticky, promote"),
                swap(
                        "a key twice",
                        "  bake: 15m",
                        "  bake: 15m\n  bake: 20m",
                        "release.yaml:9:3: error: 'bake' stands twice, first in line 8 [RG-DUPLICATE-KEY] -> keep one"
                                + " of the two"),
                swap(
                        "a type in lower case",
                        "type: Rollback",
                        "type: rollback",
                        "release.yaml:11:11: error: type can't be 'rollback' [RG-TYPE] -> did you mean Rollback? one"
                                + " of Environment, Criteria, Rollback, Validation, Step"),
                swap(
                        "a type that does not exist",
                        "type: Rollback",
                        "type: Deployment",
                        "release.yaml:11:11: error: type can't be 'Deployment' [RG-TYPE] -> one of Environment,"
                                + " Criteria, Rollback, Validation, Step"),
                swap(
                        "no type",
                        "    type: Rollback\n",
                        "",
                        "release.yaml:10:5: error: DEP-001 has no type [RG-REQUIRED] -> add type: one of Environment,"
                                + " Criteria, Rollback, Validation, Step"),
                swap(
                        "a stage with a space",
                        "type: Rollback",
                        "type: Rollback\n    stage: Post deploy",
                        "release.yaml:12:12: error: stage can't be 'Post deploy' [RG-TYPE] -> did you mean"
                                + " Post-deploy? one of Deploy, Post-deploy, Rollback"),
                swap(
                        "an id without hyphen",
                        "DEP-001",
                        "DEP001",
                        "release.yaml:10:9: error: 'DEP001' is no entry's id [RG-ID] -> DEP- and a number, as DEP-001"),
                add(
                        "an id twice",
                        "  - {id: DEP-001, type: Step, owner: me}\n",
                        "release.yaml:16:10: error: DEP-001 stands twice, first at release.yaml:10:9 [RG-ID] -> give"
                                + " each its own number"),
                swap(
                        "no sign in a threshold",
                        "\">2% of",
                        "\"2% of",
                        "release.yaml:14:17: error: '2% of requests for 5 minutes' does not start with a comparison"
                                + " [RG-THRESHOLD] -> start with >, >=, <, <= or =; for example >2% of requests for 5"
                                + " minutes, p95 > 500ms for 5m, > baseline + 1%, > 1.5x baseline, average > 2% over 10m, > 2% in 3 of 5 looks"
                                + " or burn > 14.4 over 1h and 5m"),
                swap(
                        "words in a threshold",
                        ">2% of requests for 5 minutes",
                        "> two percent",
                        "release.yaml:14:19: error: a number must stand here, not 'two percent' [RG-THRESHOLD] ->"
                                + " write digits with a point for decimals, for example 2 or 0.5, then the unit where it has one"),
                swap(
                        "during instead of for",
                        "for 5 minutes",
                        "during 5 minutes",
                        "release.yaml:14:33: error: can't read the threshold from 'during 5 minutes' on [RG-THRESHOLD]"
                                + " -> write \">2% of requests for 5 minutes\""),
                swap(
                        "no unit of time",
                        "for 5 minutes",
                        "for 5",
                        "release.yaml:14:38: error: a duration needs a unit here [RG-THRESHOLD] -> write \">2% of"
                                + " requests for 5 minutes\""),
                swap(
                        "a decimal comma",
                        ">2%",
                        ">2,5%",
                        "release.yaml:14:19: error: ',' does not belong in a number [RG-THRESHOLD] -> write \">2.5%"
                                + " of requests for 5 minutes\""),
                swap(
                        "a multiple of nothing",
                        ">2% of requests",
                        "> 2x",
                        "release.yaml:14:20: error: a multiple of what? [RG-THRESHOLD] -> write \"> 2x baseline for"
                                + " 5 minutes\""),
                swap(
                        "two conditions",
                        "for 5 minutes",
                        "and > 500ms",
                        "release.yaml:10:5: error: DEP-001 has the threshold '>2% of requests and > 500ms', which does not"
                                + " fit the rate MON-001 [RG-TRIGGER-UNIT] -> write \"> 2%\" here; the other needs a metric of its own,"
                                + " by its id: MON-002 > 500ms"),
                swap(
                        "a duration without unit",
                        "bake: 15m",
                        "bake: 15",
                        "release.yaml:8:11: error: a duration needs a unit here [RG-DURATION] -> write a number and a"
                                + " unit: 500ms, 30s, 15m, 2h, 1d or 2w"),
                swap(
                        "a duration in ISO 8601",
                        "bake: 15m",
                        "bake: PT15M",
                        "release.yaml:8:9: error: a duration starts with a number, not with 'PT15M' [RG-DURATION] ->"
                                + " write a number and a unit: 500ms, 30s, 15m, 2h, 1d or 2w"),
                swap(
                        "phases that don't end",
                        "bake: 15m",
                        "phases: [1, 5, 25]",
                        "release.yaml:8:11: error: the phases end at 25% [RG-ROLLOUT] -> end with 100: the release"
                                + " isn't out before that"),
                swap(
                        "phases out of order",
                        "bake: 15m",
                        "phases: [5, 1, 100]",
                        "release.yaml:8:11: error: phase 1% does not rise above the one before [RG-ROLLOUT] -> order"
                                + " phases by their weight, each once"),
                swap(
                        "a phase of 0",
                        "bake: 15m",
                        "phases: [0, 100]",
                        "release.yaml:8:12: error: '0' is no phase [RG-ROLLOUT] -> write internal, or a percentage of"
                                + " the traffic above 0, up to 100"),
                swap(
                        "phases in one text",
                        "bake: 15m",
                        "phases: 1, 5, 100",
                        "release.yaml:8:11: error: phases must be a list of phases, not the text '1, 5, 100' [RG-TYPE]"
                                + " -> write a list: [internal, 1, 5, 25, 50, 100]"),
                swap(
                        "maxBake below bake",
                        "bake: 15m",
                        "bake: 15m\n  maxBake: 5m",
                        "release.yaml:9:12: error: maxBake 5m is shorter than bake 15m [RG-ROLLOUT] -> set maxBake:"
                                + " 15m or more: it is when an undecided phase ends"),
                swap(
                        "an unknown strategy",
                        "bake: 15m",
                        "strategy: bluegreen",
                        "release.yaml:8:13: error: strategy can't be 'bluegreen' [RG-TYPE] -> one of canary"),
                swap(
                        "an undefined variable",
                        "${VERSION}",
                        "${VERSON}",
                        "release.yaml:4:12: error: ${VERSON} is not defined [RG-VARIABLE] -> set VERSON as a parameter"
                                + " or environment variable of the build, for lint with -DVERSON=…, or did you mean ${VERSION}?"),
                swap(
                        "a variable without braces' end",
                        "${VERSION}",
                        "${VERSION",
                        "release.yaml:4:12: error: '${' starts a variable that has no name or no } [RG-VARIABLE] ->"
                                + " write ${NAME}, or $${ for the two characters themselves"),
                swap(
                        "a secret variable",
                        "${VERSION}",
                        "${DB_PASSWORD}",
                        "release.yaml:4:12: error: ${DB_PASSWORD} is a secret, and a contract is kept and shown"
                                + " [RG-SENSITIVE] -> name the secret by its credentials id and let Jenkins hand it over"),
                swap(
                        "a kind of metric that does not exist",
                        "kind: rate",
                        "kind: ratio",
                        "release.yaml:6:25: error: kind can't be 'ratio' [RG-TYPE] -> one of rate, latency, gauge,"
                                + " count"),
                swap(
                        "a rate without total",
                        ", total: t",
                        "",
                        "release.yaml:6:5: error: MON-001 is a rate without total [RG-METRIC] -> add total: and a"
                                + " query"),
                swap(
                        "a latency with rate's queries",
                        "kind: rate",
                        "kind: latency",
                        "release.yaml:6:5: error: MON-001 is a latency without data [RG-METRIC] -> add histogram: (the"
                                + " bucket series, recommended) or values: (a query)"),
                swap(
                        "no source",
                        ", source: prometheus",
                        "",
                        "release.yaml:6:5: error: MON-001 has no source [RG-REQUIRED] -> add source: (id of a metric"
                                + " source set up in Jenkins)"),
                swap(
                        "a metric that does not exist",
                        "metric: MON-001",
                        "metric: MON-002",
                        "release.yaml:10:5: error: DEP-001 watches MON-002, which is no metric of the contract"
                                + " [RG-ENTRY-REFERENCE] -> add it under metrics, or name one of those"),
                swap(
                        "a procedure as text",
                        "[{traffic: 0}]",
                        "switch traffic back",
                        "release.yaml:15:16: error: procedure must be a list of actions, not the text 'switch traffic"
                                + " back' [RG-TYPE] -> write [{traffic: 0}, {notify: oncall}]"),
                swap(
                        "a procedure as a mapping",
                        "[{traffic: 0}]",
                        "{traffic: 0}",
                        "release.yaml:15:16: error: procedure must be a list of actions, not a mapping [RG-TYPE] ->"
                                + " write [{traffic: 0}, {notify: oncall}]"),
                swap(
                        "an action that does not exist",
                        "{traffic: 0}",
                        "{trafic: 0}",
                        "release.yaml:15:18: error: there is no action 'trafic' [RG-UNKNOWN-KEY] -> did you mean"
                                + " 'traffic'?"),
                swap(
                        "traffic in words",
                        "{traffic: 0}",
                        "{traffic: none}",
                        "release.yaml:15:27: error: a number must stand here, not 'none' [RG-TYPE] -> write digits"
                                + " with a point for decimals, for example 2 or 0.5, then the unit where it has one"),
                swap(
                        "notify first",
                        "[{traffic: 0}]",
                        "[{notify: oncall}, {traffic: 0}]",
                        "release.yaml:15:18: error: DEP-001 begins with 'notify', while users still get the broken"
                                + " version [RG-ROLLBACK-TRAFFIC-FIRST] -> make {traffic: 0} the first action; the rest"
                                + " can wait for it"),
                add(
                        "a criterion without a check",
                        "  - {id: DEP-002, type: Criteria, owner: qa, requirement: Tests pass}\n",
                        "release.yaml:16:5: error: DEP-002 has no verify, so its answer is always unknown"
                                + " [RG-CRITERIA-VERIFY] -> add verify: with a check, such as {tests: {passRate:"
                                + " \">95%\"}}, {command: ./check} or {approval: {of: [group:qa]}}"),
                add(
                        "a check that does not exist",
                        "  - {id: DEP-002, type: Criteria, owner: qa, verify: {test: {}}}\n",
                        "release.yaml:16:55: error: there is no check 'test' [RG-UNKNOWN-KEY] -> did you mean"
                                + " 'tests'?"),
                add(
                        "a check's misspelt field",
                        "  - {id: DEP-002, type: Criteria, owner: qa, verify: {tests: {passrate: \">95%\"}}}\n",
                        "release.yaml:16:63: error: tests has no field 'passrate' [RG-UNKNOWN-KEY] -> did you mean"
                                + " 'passRate'?"),
                add(
                        "a limit without a sign",
                        "  - {id: DEP-002, type: Criteria, owner: qa, verify: {tests: {passRate: 95%}}}\n",
                        "release.yaml:16:73: error: '95%' does not start with a comparison [RG-THRESHOLD] -> write"
                                + " \">= 95%\" where it is the least, or \"<= 95%\" where it is the most"),
                add(
                        "a check as text",
                        "  - {id: DEP-002, type: Criteria, owner: qa, verify: run the tests}\n",
                        "release.yaml:16:54: error: verify must be checks, not the text 'run the tests' [RG-TYPE] ->"
                                + " write {tests: {passRate: \">95%\"}}"),
                add(
                        "blocker in other words",
                        "  - {id: DEP-002, type: Criteria, owner: qa, blocker: always}\n",
                        "release.yaml:16:55: error: blocker is yes or no, not 'always' [RG-TYPE] -> write yes or no"),
                add(
                        "approvers in one text",
                        "  - {id: DEP-002, type: Criteria, owner: qa, verify: {approval: {of: \"alice, bob\"}}}\n",
                        "release.yaml:16:71: error: 'of' is one text with commas [RG-TYPE] -> write a list: [alice,"
                                + " bob]"),
                add(
                        "an id of unknown kind",
                        "  - {id: DEP-002, type: Step, owner: qa, linkedIds: [TST-001]}\n",
                        "release.yaml:16:54: error: TST- is no known kind of id [RG-ID] -> did you mean TEST-? known"
                                + " prefixes: EPIC, TEST, API, ENV, ARC, TECH, RISK, KPI, MON, RUN, UJ, FEA, DBT, GTM,"
                                + " DEP"),
                add(
                        "an id list in words",
                        "  - {id: DEP-002, type: Step, owner: qa, linkedIds: all tests}\n",
                        "release.yaml:16:53: error: 'all tests' is no id [RG-ID] -> an id is a prefix, a hyphen and a"
                                + " number, as TEST-001; known prefixes: EPIC, TEST, API, ENV, ARC, TECH, RISK, KPI, MON,"
                                + " RUN, UJ, FEA, DBT, GTM, DEP"),
                add(
                        "a date of another country",
                        "  - {id: DEP-002, type: Step, owner: qa, waived: {by: al, reason: x, until: 31.12.2026}}\n",
                        "release.yaml:16:77: error: until is a date, not '31.12.2026' [RG-TYPE] -> write"
                                + " year-month-day: 2026-11-01"),
                add(
                        "a number as entry",
                        "  - 5\n",
                        "release.yaml:16:5: error: an item of entries must have fields, and is the text '5' [RG-TYPE] ->"
                                + " write each as - {id: DEP-001, type: Step, …}"),
                add(
                        "a risk in other words",
                        "risks: [{id: RISK-001, likelihood: highly}]\n",
                        "release.yaml:16:36: error: likelihood can't be 'highly' [RG-TYPE] -> did you mean high? one"
                                + " of low, medium, high"),
                swap(
                        "a number after an unquoted sign",
                        "\">2% of requests for 5 minutes\"",
                        ">5",
                        "release.yaml:14:16: error: without quotes, YAML takes > or | for the beginning of a longer"
                                + " text [RG-THRESHOLD] -> put quotes around a threshold: \">2% of requests for 5"
                                + " minutes\""),
                swap(
                        "a digest cut short",
                        "  service: checkout",
                        "  service: checkout\n  artifacts: [{file: dist/app.jar, sha256: 3f7a}]",
                        "release.yaml:4:44: error: the SHA-256 has 4 characters and is not 64 hexadecimal digits"
                                + " [RG-TYPE] -> take what sha256sum prints for dist/app.jar"),
                swap(
                        "a share for a percentage",
                        "total: t",
                        "total: t, objective: {target: 0.99}",
                        "release.yaml:6:92: error: target is a percentage from 0% to 100%, not '0.99' [RG-TYPE] ->"
                                + " write for example 99%"),
                swap(
                        "a burn rate without objective",
                        ">2% of requests for 5 minutes",
                        "burn > 14.4 over 1h and 5m",
                        "release.yaml:10:5: error: DEP-001 has the threshold 'burn > 14.4 over 1h and 5m', which does"
                                + " not fit the rate MON-001 [RG-TRIGGER-UNIT] -> a burn rate needs objective: {target:"
                                + " 99%, period: 30d} on the metric"),
                swap(
                        "a time for a rate",
                        ">2% of requests for 5 minutes",
                        "> 500ms for 5 minutes",
                        "release.yaml:10:5: error: DEP-001 has the threshold '> 500ms for 5 minutes', which does not"
                                + " fit the rate MON-001 [RG-TRIGGER-UNIT] -> a rate is a percentage: \"> 2% for 5"
                                + " minutes\""),
                swap(
                        "a password in the file",
                        "service: checkout",
                        "service: checkout\n  scope: \"db at postgres://app:hunter2@db/checkout\"",
                        "release.yaml:3:3: error: a secret seems to stand here: an address with a password in it"
                                + " [RG-SECRET-VALUE] -> take it out, renew it, and name it by its credentials id under"
                                + " secrets"));
    }

    private ContractMistakesFixture() {}
}
