// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;

/** The releases of a simulation: short, so that much can happen to many. */
enum Contracts {
    PLAIN(text("", "", "[{traffic: 0}]"), PlanOptions.ALONE),
    /** Its procedure does more than move the traffic. */
    THOROUGH(text("", "", "[{traffic: 0}, {notify: oncall}, {notify: team}]"), PlanOptions.ALONE),
    /** A check is asked again and again, and another at the end. */
    CHECKED(text("", """
                  - id: DEP-004
                    type: Rollback
                    stage: Post-deploy
                    title: Orphaned rows
                    trigger: rows without an order appear
                    check: {command: {run: ./integrity}}
                    procedure: [{traffic: 0}]
                    owner: team
                  - id: DEP-005
                    type: Validation
                    stage: Post-deploy
                    title: It answers
                    verify: {command: {run: ./smoke}}
                    owner: team
                """, "[{traffic: 0}]"), PlanOptions.ALONE),
    APPROVED(text("", "", "[{traffic: 0}]").replace("[50,", "[{weight: 50, approve: ann},"), PlanOptions.ALONE),
    UNDECIDED(text("", "", "[{traffic: 0}]").replace("undecided: proceed", "undecided: hold"), PlanOptions.ALONE),
    IRREVERSIBLE(text(", change: {reversible: no, compensation: refunds}", "", "[{traffic: 0}]"), PlanOptions.ALONE),
    /** A body in each phase beside the router. */
    BODIES(
            text("", "", "[{traffic: 0}]").replace("[50,", "[internal, 50,"),
            new PlanOptions(Plan.Movement.ROUTER, true, false, true, 1, false)),
    /** Its limit is told by what the service was like before. */
    RELATIVE(text("", "", "[{traffic: 0}]").replace(">10% of requests", ">5x baseline"), PlanOptions.ALONE),
    /** Bodies move the traffic. */
    MOVED(
            text("", "", "[{traffic: 0}, {notify: oncall}]")
                    .replace("[50,", "[internal, 50,")
                    .replace("  router: r\n", ""),
            new PlanOptions(Plan.Movement.BODY, true, false, true, 1, false)),
    /** Bodies move the traffic, and are over in the last bake; then the procedure does. */
    ENCLOSED(
            text("", "", "[{traffic: 0}, {flag: off}, {notify: oncall}]").replace("  router: r\n", ""),
            new PlanOptions(Plan.Movement.BODY, true, true, true, 1, false));

    final Plan plan;

    Contracts(String text, PlanOptions options) {
        try {
            plan = Plans.of(
                    Catalog.STANDARD.reader().parse(text, "release.yaml", Variables.none()), "production", options);
        } catch (ContractException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static String text(String change, String entries, String procedure) {
        return """
                apiVersion: release-guard/v1
                release: {service: shop, version: "2", commit: abc, owner: team, rollback: {objective: 30s}CHANGE}
                metrics:
                  - {id: MON-001, name: error rate, kind: rate, source: p, errors: "e", total: "t", worse: higher}
                rollout:
                  phases: [50, 100]
                  warmup: 0s
                  bake: 10s
                  maxBake: 15s
                  undecided: proceed
                  router: r
                  interval: 5s
                  noData: 40s
                  after: 10s
                entries:
                  - id: DEP-003
                    type: Rollback
                    stage: Post-deploy
                    title: Error rate
                    trigger: too many errors
                    metric: MON-001
                    threshold: ">10% of requests for 5 seconds"
                    procedure: PROCEDURE
                    owner: team
                """.replace("PROCEDURE", procedure).replace("CHANGE", change) + entries;
    }
}
