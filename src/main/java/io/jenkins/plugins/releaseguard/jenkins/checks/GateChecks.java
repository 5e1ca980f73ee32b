// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.checks;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails.ChecksDetailsBuilder;
import io.jenkins.plugins.checks.api.ChecksOutput.ChecksOutputBuilder;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import io.jenkins.plugins.releaseguard.jenkins.service.GateListener;
import io.jenkins.plugins.releaseguard.journal.GateWord;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.util.List;
import okhttp3.HttpUrl;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Publishes the gate where the change is reviewed, as far as a plugin for that place is installed. */
@Restricted(NoExternalUse.class)
@OptionalExtension(requirePlugins = "checks-api")
public final class GateChecks implements GateListener {
    private static final int MOST_REASONS = 50;

    @Override
    public void answered(Run<?, ?> run, Answer answer) {
        ChecksDetailsBuilder details = new ChecksDetailsBuilder()
                .withName("Release gate: " + Shown.line(answer.environment()))
                .withStatus(isOver(answer) ? ChecksStatus.COMPLETED : ChecksStatus.IN_PROGRESS)
                .withConclusion(conclusion(answer.word()))
                .withOutput(new ChecksOutputBuilder()
                        .withTitle(answer.word().text())
                        .withSummary(summary(answer))
                        .build());
        if (answer.page() != null && HttpUrl.parse(answer.page()) != null) {
            details.withDetailsURL(answer.page());
        }
        ChecksPublisherFactory.fromRun(run, TaskListener.NULL).publish(details.build());
    }

    private static boolean isOver(Answer answer) {
        return answer.word() != GateWord.WAITING;
    }

    private static ChecksConclusion conclusion(GateWord word) {
        return switch (word) {
            case GO -> ChecksConclusion.SUCCESS;
            case CONDITIONAL -> ChecksConclusion.NEUTRAL;
            case WAITING -> ChecksConclusion.NONE;
            case NO_GO, UNKNOWN -> ChecksConclusion.FAILURE;
        };
    }

    private static String summary(Answer answer) {
        StringBuilder text = new StringBuilder(
                Shown.markdownStart(answer.service() + " " + answer.version() + " to " + answer.environment()));
        List<String> reasons = answer.reasons();
        text.append(reasons.isEmpty() ? ": nothing stands against it." : ":\n");
        reasons.stream()
                .limit(MOST_REASONS)
                .forEach(reason -> text.append("\n- ").append(Shown.markdownStart(reason)));
        if (reasons.size() > MOST_REASONS) {
            text.append("\n- and ").append(reasons.size() - MOST_REASONS).append(" more");
        }
        return text.toString();
    }
}
