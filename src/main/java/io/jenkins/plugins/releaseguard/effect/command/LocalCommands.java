// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.command;

import io.jenkins.plugins.releaseguard.secret.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs commands on this machine, in a workspace. */
public final class LocalCommands implements Commands {
    private static final long POLL_MILLIS = 100;

    private final Path workspace;
    private final Map<String, String> environment;
    private final Mask mask;

    /** Commands see the environment of this process. */
    public LocalCommands(Path workspace) {
        this(workspace, System.getenv(), Set.of());
    }

    /**
     * @param environment what every command sees, beside the variables of its call
     * @param secrets values that no output may show
     */
    public LocalCommands(Path workspace, Map<String, String> environment, Set<String> secrets) {
        this.workspace = workspace;
        this.environment = Map.copyOf(environment);
        this.mask = Mask.of(secrets);
    }

    @Override
    public CommandResult run(CommandCall call) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(call.arguments())
                .directory(directory(call.directory()).toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(call.environment());
        long start = System.nanoTime();
        Process process = start(builder, call.arguments().get(0));
        process.getOutputStream().close();
        ProcessTree tree = new ProcessTree(process);
        OutputTail output = new OutputTail(call.keep(), mask.and(call.secrets()));
        OutputPump pump = new OutputPump(process.getInputStream(), output);
        boolean ended = false;
        try {
            ended = await(process, tree, start + call.limit().toNanos());
        } finally {
            // also after a normal end: nothing that a check started may outlive it
            tree.kill();
        }
        pump.end();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new CommandResult(ended ? process.exitValue() : -1, !ended, output.text(), output.wasCut(), took);
    }

    private static boolean await(Process process, ProcessTree tree, long deadline) throws InterruptedException {
        while (true) {
            tree.look();
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (process.waitFor(Math.max(0, Math.min(left, POLL_MILLIS)), TimeUnit.MILLISECONDS)) {
                return true;
            }
            if (left <= 0) {
                return false;
            }
        }
    }

    private static Process start(ProcessBuilder builder, String program) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            // the message of the JDK names the arguments' folder too; the program is enough
            throw new IOException("cannot start '" + program + "'", e);
        }
    }

    private Path directory(String relative) throws IOException {
        try {
            Path root = workspace.toRealPath();
            Path wanted = root.resolve(relative).normalize();
            if (!wanted.startsWith(root)
                    || !Files.isDirectory(wanted)
                    || !wanted.toRealPath().startsWith(root)) {
                throw new IOException("'" + relative + "' is no folder of the workspace");
            }
            return wanted;
        } catch (InvalidPathException e) {
            throw new IOException("'" + relative + "' is no folder of the workspace", e);
        }
    }
}
