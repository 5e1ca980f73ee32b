// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Proc;
import io.jenkins.plugins.releaseguard.effect.command.CommandCall;
import io.jenkins.plugins.releaseguard.effect.command.CommandResult;
import io.jenkins.plugins.releaseguard.effect.command.Commands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
        Tail tail = new Tail(call.keep());
        long start = System.nanoTime();
        Proc process = node.launcher()
                .launch()
                .cmds(call.arguments())
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
        Set<String> secrets = new HashSet<>(node.secrets());
        secrets.addAll(call.secrets());
        return new CommandResult(
                exit, !ended, tail.text(secrets), tail.cut(), Duration.ofNanos(System.nanoTime() - start));
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

    /** The end of the output. */
    private static final class Tail extends OutputStream {
        private final int keep;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private boolean cut;

        Tail(int keep) {
            this.keep = keep;
        }

        @Override
        public synchronized void write(int b) {
            kept.write(b);
            shrink();
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            kept.write(bytes, from, length);
            shrink();
        }

        private void shrink() {
            if (kept.size() > 4 * keep) {
                byte[] all = kept.toByteArray();
                kept.reset();
                kept.write(all, all.length - 2 * keep, 2 * keep);
                cut = true;
            }
        }

        synchronized boolean cut() {
            return cut || kept.size() > keep;
        }

        /** Masked before it is cut, so that no half of a secret stays; of what was cut in front the first line goes. */
        synchronized String text(Set<String> secrets) {
            String text = kept.toString(StandardCharsets.UTF_8);
            for (String secret : secrets.stream()
                    .filter(s -> !s.isBlank())
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .toList()) {
                text = text.replace(secret, "****");
            }
            if (cut && text.indexOf('\n') >= 0) {
                text = text.substring(text.indexOf('\n') + 1);
            }
            return text.length() <= keep ? text : text.substring(text.length() - keep);
        }
    }
}
