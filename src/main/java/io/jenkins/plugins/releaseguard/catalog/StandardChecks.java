// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.catalog;

import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.Checks;
import io.jenkins.plugins.releaseguard.evidence.check.operation.AlertsCheck;
import io.jenkins.plugins.releaseguard.evidence.check.operation.BackupCheck;
import io.jenkins.plugins.releaseguard.evidence.check.operation.BudgetCheck;
import io.jenkins.plugins.releaseguard.evidence.check.operation.CapacityCheck;
import io.jenkins.plugins.releaseguard.evidence.check.operation.CommandCheck;
import io.jenkins.plugins.releaseguard.evidence.check.operation.DependenciesCheck;
import io.jenkins.plugins.releaseguard.evidence.check.operation.FlagsCheck;
import io.jenkins.plugins.releaseguard.evidence.check.operation.FreezeCheck;
import io.jenkins.plugins.releaseguard.evidence.check.operation.HttpCheck;
import io.jenkins.plugins.releaseguard.evidence.check.operation.MetricCheck;
import io.jenkins.plugins.releaseguard.evidence.check.operation.MigrationsCheck;
import io.jenkins.plugins.releaseguard.evidence.check.operation.ParityCheck;
import io.jenkins.plugins.releaseguard.evidence.check.operation.SecretsCheck;
import io.jenkins.plugins.releaseguard.evidence.check.people.ApprovalCheck;
import io.jenkins.plugins.releaseguard.evidence.check.people.ChangesCheck;
import io.jenkins.plugins.releaseguard.evidence.check.people.ChecklistCheck;
import io.jenkins.plugins.releaseguard.evidence.check.people.DocumentsCheck;
import io.jenkins.plugins.releaseguard.evidence.check.people.EpicsCheck;
import io.jenkins.plugins.releaseguard.evidence.check.people.QaCheck;
import io.jenkins.plugins.releaseguard.evidence.check.release.ArtifactCheck;
import io.jenkins.plugins.releaseguard.evidence.check.release.DrillCheck;
import io.jenkins.plugins.releaseguard.evidence.check.release.LastGoodCheck;
import io.jenkins.plugins.releaseguard.evidence.check.release.ProgressionCheck;
import io.jenkins.plugins.releaseguard.evidence.check.release.ProvenanceCheck;
import io.jenkins.plugins.releaseguard.evidence.check.release.ReproducibleCheck;
import io.jenkins.plugins.releaseguard.evidence.check.report.CoverageCheck;
import io.jenkins.plugins.releaseguard.evidence.check.report.SarifCheck;
import io.jenkins.plugins.releaseguard.evidence.check.report.SbomCheck;
import io.jenkins.plugins.releaseguard.evidence.check.report.TestsCheck;
import java.util.List;

/** Every check that a contract may name. */
public final class StandardChecks {
    private static final Checks ALL = new Checks(List.<Check>of(
            new TestsCheck(),
            new SarifCheck(),
            new CoverageCheck(),
            new SbomCheck(),
            new ArtifactCheck(),
            new ProvenanceCheck(),
            new ReproducibleCheck(),
            new ParityCheck(),
            new MigrationsCheck(),
            new BackupCheck(),
            new CapacityCheck(),
            new DependenciesCheck(),
            new EpicsCheck(),
            new ChangesCheck(),
            new QaCheck(),
            new ApprovalCheck(),
            new ChecklistCheck(),
            new BudgetCheck(),
            new FreezeCheck(),
            new MetricCheck(),
            new HttpCheck(),
            new CommandCheck(),
            new DrillCheck(),
            new LastGoodCheck(),
            new SecretsCheck(),
            new AlertsCheck(),
            new FlagsCheck(),
            new DocumentsCheck(),
            new ProgressionCheck()));

    private StandardChecks() {}

    public static Checks checks() {
        return ALL;
    }
}
