// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test's limit ends the test, whatever it blocks in: JUnit's own limit interrupts, which a blocking read, a lock or a set-up
 * that hangs doesn't feel. Where nothing has begun or ended for longer than any limit allows, this names the test, writes
 * what all threads do and ends the JVM, which the build reports as a crash in that test. Found by JUnit on its own, for every test.
 */
public final class StuckTests implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    /** Beyond the longest limit of a test, set-up and end included: that of a controller of its own is 10 min. */
    private static final Duration LIMIT = Duration.ofMinutes(11);

    static final int EXIT_CODE = 97;

    private static final Watch WATCH = new Watch(LIMIT, StuckTests::end);

    @Override
    public void beforeAll(ExtensionContext context) {
        WATCH.moved(name(context));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        WATCH.moved(name(context));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        WATCH.moved("after " + name(context));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        // between classes nothing of ours runs; what a fork waits for then is its master's next order
        WATCH.moved(null);
    }

    private static String name(ExtensionContext context) {
        String test = context.getTestMethod()
                .map(method -> "." + method.getName() + " (" + context.getDisplayName() + ")")
                .orElse("");
        return context.getRequiredTestClass().getName() + test;
    }

    static void end(String test) {
        // not System.err, which the build captures by a lock that the stuck test may hold
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        out.println("STUCK: " + test + "; all threads:");
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            out.println(thread.getKey() + " " + thread.getKey().getState());
            for (StackTraceElement frame : thread.getValue()) {
                out.println("\tat " + frame);
            }
        }
        // shutdown hooks may be what hangs
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    /** Tells what stood still for {@code limit}; time in which the whole machine slept isn't counted. */
    static final class Watch {
        private static final int STEPS = 20;

        private final Consumer<String> stuck;
        private final long stepMillis;
        private String current;
        private int steps;

        Watch(Duration limit, Consumer<String> stuck) {
            this.stuck = stuck;
            this.stepMillis = Math.max(1, limit.toMillis() / STEPS);
            Thread thread = new Thread(this::run, "stuck-tests");
            thread.setDaemon(true);
            thread.start();
        }

        /** @param what runs now, null for nothing */
        synchronized void moved(String what) {
            current = what;
            steps = 0;
        }

        private void run() {
            try {
                while (true) {
                    Thread.sleep(stepMillis);
                    String tooLong = step();
                    if (tooLong != null) {
                        stuck.accept(tooLong);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized String step() {
            return current != null && ++steps == STEPS ? current : null;
        }
    }
}
