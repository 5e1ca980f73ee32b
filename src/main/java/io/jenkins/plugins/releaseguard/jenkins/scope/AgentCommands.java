// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Proc;
import io.jenkins.plugins.releaseguard.effect.command.CommandCall;
import io.jenkins.plugins.releaseguard.effect.command.CommandResult;
import io.jenkins.plugins.releaseguard.effect.command.Commands;
import io.jenkins.plugins.releaseguard.effect.command.OutputTail;
import io.jenkins.plugins.releaseguard.secret.Mask;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Runs commands on the build's agent, in its workspace. */
final class AgentCommands implements Commands {
    private static final String COOKIE = "RELEASE_GUARD_COMMAND";
    private static final long POLL_MILLIS = 200;

    private final NodeContext node;

    AgentCommands(NodeContext node) {
        this.node = node;
    }

    @Override
    public CommandResult run(CommandCall call) throws IOException, InterruptedException {
        FilePath folder = folder(call.directory());
        // lets the whole tree be found again, on whatever machine it runs
        String cookie = UUID.randomUUID().toString();
        Map<String, String> environment = new HashMap<>(node.environment());
        environment.putAll(call.environment());
        environment.put(COOKIE, cookie);
        environment.replaceAll((name, value) -> literal(value));
        OutputTail tail = new OutputTail(call.keep(), Mask.of(node.secrets()).and(call.secrets()));
        long start = System.nanoTime();
        Proc process = node.launcher()
                .launch()
                .cmds(call.arguments().stream().map(AgentCommands::literal).toList())
                .envs(new EnvVars(environment))
                .pwd(folder)
                .quiet(true)
                .stdin(null)
                .stdout(tail)
                .start();
        boolean ended = false;
        int exit = -1;
        try {
            ended = await(process, start + call.limit().toNanos());
            exit = ended ? process.join() : -1;
        } finally {
            node.launcher().kill(Map.of(COOKIE, cookie));
        }
        tail.close();
        return new CommandResult(exit, !ended, tail.text(), tail.wasCut(), Duration.ofNanos(System.nanoTime() - start));
    }

    /**
     * Launchers fill $NAME and ${NAME} in words and values before there is a shell: a branch's name would become a part of the shell's text,
     * and could take over a secret of the same environment.
     */
    private static String literal(String value) {
        return value == null ? null : value.replace("$", "$$");
    }

    private static boolean await(Proc process, long deadline) throws IOException, InterruptedException {
        while (process.isAlive()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            Thread.sleep(Math.min(left, POLL_MILLIS));
        }
        return true;
    }

    private FilePath folder(String relative) throws IOException, InterruptedException {
        if (relative.isEmpty()) {
            // a node whose build has written nothing yet has no folder either
            node.workspace().mkdirs();
            return node.workspace();
        }
        if (!node.workspace().isDescendant(relative)) {
            throw new IOException("'" + relative + "' is no folder of the workspace");
        }
        return node.workspace().child(relative);
    }
}
