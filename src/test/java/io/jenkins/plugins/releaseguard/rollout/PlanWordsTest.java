// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each word of the rollout and of a metric reaches the plan that the release is driven by; what the plan does stands in other tests. */
class PlanWordsTest {
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "rollout.phases | phases: [internal, 5, 25, 100] | phases: [7, 100] | weight=7.0",
                "rollout.bake | bake: 5m | bake: 7m | bake=PT7M",
                "rollout.maxBake | maxBake: 10m | maxBake: 11m | maxBake=PT11M",
                "rollout.undecided=hold | undecided: proceed | undecided: hold | undecided=HOLD",
                "rollout.undecided=rollback | undecided: proceed | undecided: rollback | undecided=ROLLBACK",
                "rollout.undecided=proceed | undecided: proceed | undecided: proceed # | undecided=PROCEED",
                "rollout.interval | interval: 5s | interval: 7s | interval=PT7S",
                "rollout.noData | noData: 1m | noData: 7m | noData=PT7M",
                "rollout.after | after: 5m | after: 7m | after=PT7M",
                "rollout.alpha | after: 5m | alpha: 0.01 | alpha=0.01",
                "rollout.blastRadius | after: 5m | blastRadius: 77 | blastRadius=77.0",
                "rollout.maxBake | maxBake: 10m | maxBake: 11m | 660.0, 660.0, 660.0",
                "rollout.blastRadius unset | critical: true | objective: {target: 97%, period: 10d} | DefaultBudget[seconds=518",
                "rollout.baseline=fresh | after: 5m | baseline: fresh | expectedShares=[0.0, 0.5, 0.5",
                "rollout.baseline=stable | after: 5m | after: 5m, baseline: stable | expectedShares=[0.0, 0.05",
                "rollout.warmup | warmup: 0s | warmup: 17s | warmup=PT17S",
                "rollout.sticky | after: 5m | sticky: 10m | sticky=600.0",
                "rollout.promote=budget | after: 5m | after: 5m, promote: budget | promotion=BUDGET",
                "rollout.promote=proof | after: 5m | after: 5m, promote: proof | promotion=PROOF",
                "rollback.objective | objective: 60s | objective: 7s | objective=PT7S",
                "change.reversible | owner: team, r | owner: team, change: {reversible: no}, r | irreversible=true",
                "phase.weight | [internal, 5, | [internal, {weight: 7}, | weight=7.0",
                "phase.name | [internal, 5, | [internal, {weight: 5, name: early birds}, | name=early birds",
                "phase.audience | [internal, 5, 25, 100]@router: r | [internal, {weight: 5, audience: beta}, 25, 100]@ | audience=beta",
                "phase.warmup | [internal, 5, | [internal, {weight: 5, warmup: 9s}, | warmup=PT9S",
                "phase.bake | [internal, 5, | [internal, {weight: 5, bake: 9m}, | bake=PT9M",
                "phase.maxBake | [internal, 5, | [internal, {weight: 5, maxBake: 19m}, | maxBake=PT19M",
                "phase.approve | [internal, 5, | [internal, {weight: 5, approve: [ann]}, | approve=[ann]",
                "metric.name | name: error rate | name: failures | name=failures",
                "metric.kind=rate | kind: rate | kind: rate  | kind=RATE",
                "metric.kind=gauge | kind: rate, source: prometheus, errors: \"e\", total: \"t\" | kind: gauge, source: prometheus, values: v | kind=GAUGE",
                "metric.kind=count | kind: rate, source: prometheus, errors: \"e\", total: \"t\" | kind: count, source: prometheus, values: v | kind=COUNT",
                "metric.kind=latency | kind: rate, source: prometheus, errors: \"e\", total: \"t\" | kind: latency, unit: ms, source: prometheus, values: v | kind=LATENCY",
                "metric.source | source: prometheus | source: other | source=other",
                "metric.worse=higher | worse: higher | worse: higher  | worse=HIGHER",
                "metric.worse=lower | worse: higher | worse: lower | worse=LOWER",
                "metric.worse=either | worse: higher | worse: either | worse=EITHER",
                "metric.critical | critical: true | critical: false | critical=false",
                "metric.muted | critical: true | muted: yes | muted=true",
                "metric.group | critical: true | group: speed | group=speed",
                "metric.weight | critical: true | weight: 7 | weight=7.0",
                "metric.allow | critical: true | allow: 7% | value=0.07",
                "metric.errors | errors: \"e\" | errors: \"e500\" | errors=e500",
                "metric.total | total: \"t\" | total: \"all\" | total=all",
                "metric.histogram | kind: rate, source: prometheus, errors: \"e\", total: \"t\" | kind: latency, unit: ms, source: prometheus, histogram: h, limit: 150ms | histogram=h",
                "metric.values | kind: rate, source: prometheus, errors: \"e\", total: \"t\" | kind: latency, unit: ms, source: prometheus, values: v | values=v",
                "metric.bucketUnit=ns | kind: rate, source: prometheus, errors: \"e\", total: \"t\" | kind: latency, unit: ms, source: prometheus, histogram: h, limit: 150ms, bucketUnit: ns | bucketUnit=ns",
                "metric.bucketUnit=us | kind: rate, source: prometheus, errors: \"e\", total: \"t\" | kind: latency, unit: ms, source: prometheus, histogram: h, limit: 150ms, bucketUnit: us | bucketUnit=us",
                "metric.bucketUnit=ms | kind: rate, source: prometheus, errors: \"e\", total: \"t\" | kind: latency, unit: ms, source: prometheus, histogram: h, limit: 150ms, bucketUnit: ms | bucketUnit=ms",
                "metric.bucketUnit=s | kind: rate, source: prometheus, errors: \"e\", total: \"t\" | kind: latency, unit: ms, source: prometheus, histogram: h, limit: 150ms, bucketUnit: s | bucketUnit=s",
                "metric.bucketUnit=min | kind: rate, source: prometheus, errors: \"e\", total: \"t\" | kind: latency, unit: ms, source: prometheus, histogram: h, limit: 150ms, bucketUnit: min | bucketUnit=min",
                "metric.bucketUnit=h | kind: rate, source: prometheus, errors: \"e\", total: \"t\" | kind: latency, unit: ms, source: prometheus, histogram: h, limit: 150ms, bucketUnit: h | bucketUnit=h",
                "metric.limit | kind: rate, source: prometheus, errors: \"e\", total: \"t\" | kind: latency, unit: ms, source: prometheus, histogram: h, limit: 150ms | limit=150.0",
                "metric.unit | critical: true | unit: requests | unit=requests",
                "metric.objective | critical: true | objective: {target: 97%} | objective=0.97",
                "metric.objective | critical: true | objective: {target: 97%} | target=0.97",
                "objective.target | critical: true | objective: {target: 97%} | target=0.97",
                "objective.period | critical: true | objective: {target: 97%, period: 7d} | period=PT168H",
                "Rollback.threshold | >2% of requests | >7% of requests | text=>7%",
                "Rollback.procedure | {notify: oncall} | {notify: lead} | [lead]",
                "Rollback.metric | metric: MON-001 | metric: MON-009 | triggers=[]",
                "Rollback.notification | {notify: oncall}] | {notify: oncall}], notification: [lead] | notification=[lead]",
                "Rollback.check | metric: MON-001@threshold: \">2% of requests for 1 minute\" | check: {command: ./integrity}@ | ./integrity",
                "Validation.verify | entries: | entries: [[validation]] | ./smoke",
                "Validation.blocker | entries: | entries: [[lesser]] | blocker=false"
            })
    void thePlanHasWhatTheContractSays(String word, String from, String to, String planned) {
        String contract = FakeRolloutWorld.CONTRACT;
        String[] froms = from.split("@");
        String[] tos = to.split("@", -1);
        String changed = contract;
        for (int i = 0; i < froms.length; i++) {
            assertThat(changed).as(word).contains(froms[i]);
            changed = changed.replace(froms[i], i < tos.length ? tos[i] : "");
        }
        changed = changed.replace(
                        "{notify: oncall}], notification: [lead]", "{notify: oncall}]\n    notification: [lead]")
                .replace("after: 5m, baseline", "after: 5m\n  baseline")
                .replace("after: 5m, promote", "after: 5m\n  promote")
                .replace(" [[validation]]", "\n  - {id: DEP-9, type: Validation, owner: t, verify: {command: ./smoke}}")
                .replace(
                        " [[lesser]]",
                        "\n  - {id: DEP-9, type: Validation, owner: t, blocker: no, verify: {command: ./x}}");
        assertThat(plan(changed)).as(word).contains(planned);
        if (!to.strip().startsWith(from.strip())) {
            assertThat(plan(contract)).as("%s: without it", word).doesNotContain(planned);
        }
    }

    private static String plan(String contract) {
        return Plans.of(FakeRolloutWorld.read(contract), "production", PlanOptions.ALONE)
                .toString();
    }
}
