// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.MAP;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.effect.command.CommandResult;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.check.Limits;
import io.jenkins.plugins.releaseguard.evidence.check.source.CheckCommand;
import io.jenkins.plugins.releaseguard.evidence.check.source.PrintedNumber;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A command of the team's own: exit 0 passes, with what it must print. */
public final class CommandCheck implements Check {
    private static final SpecKind KIND = SpecKind.check(
                    "command", "A command in the workspace; values arrive as environment variables.")
            .main(text("run", "the command line: exit 0 is pass").must())
            .fields(
                    text("directory", "where it runs, relative to the workspace"),
                    Field.of("env", MAP, "further environment variables"),
                    list("unknown", "exit codes that mean it could not tell; any other than 0 is a failure")
                            .standard("124, 126, 127"),
                    text("contains", "text that its output must hold"),
                    limit("limit", "what must hold for the number that it prints"));

    private static final String FIX = "run the command by hand and fix what it finds";

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context)
            throws IOException, InterruptedException {
        Settings settings = spec.settings();
        CommandResult result = CheckCommand.run(settings, context, Map.of());
        Finding.Builder found = Finding.now(context)
                .looked(settings.text("run"))
                .from(Origin.WORKSPACE)
                .value(result.timedOut() ? "no end" : "exit " + result.exit())
                .limit("exit 0");
        if (result.timedOut() || unknown(settings).contains(String.valueOf(result.exit())) || result.exit() < 0) {
            return found.unknown(
                    "the command could not tell: it " + CheckCommand.ended(result), "make the command run to its end");
        }
        if (result.exit() != 0) {
            return found.fail("the command " + CheckCommand.ended(result), FIX);
        }
        String wanted = settings.text("contains");
        if (!wanted.isEmpty() && !result.tail().contains(wanted)) {
            return found.limit("'" + wanted + "' in the output").fail("the output lacks '" + wanted + "'", FIX);
        }
        if (settings.threshold("limit").isEmpty()) {
            return found.pass("the command ended with 0");
        }
        PrintedNumber number = PrintedNumber.last(result.tail());
        return new Limits()
                .want("", settings.threshold("limit"), number.value(), number.unit())
                .conclude(
                        found,
                        "the command's number is within its limit",
                        "the command's number is not within its limit",
                        FIX);
    }

    private static List<String> unknown(Settings settings) {
        List<String> codes = settings.texts("unknown");
        return codes.isEmpty() ? List.of("124", "126", "127") : codes;
    }
}
