// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.Checks;
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
