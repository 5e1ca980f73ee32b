// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Family;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.VirtualClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code release-guard services}: the rehearsal's world alone, in life's own time, for the demo job in Jenkins. */
@Command(
        name = "services",
        hidden = true,
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Runs the two embedded versions behind their proxy, under load, until it is ended. POST /scenario/NAME"
                        + " and POST /reset to the control address change what goes wrong.")
public final class ServicesCommand implements Callable<Integer> {
    private static final Duration SCRAPE = Duration.ofMillis(250);

    @Option(names = "--proxy-port", defaultValue = "0", description = "0 for any free one.")
    private int proxyPort;

    @Option(names = "--prometheus-port", defaultValue = "0", description = "0 for any free one.")
    private int prometheusPort;

    @Option(names = "--haproxy-port", defaultValue = "0", description = "0 for any free one.")
    private int haproxyPort;

    @Option(names = "--control-port", defaultValue = "0", description = "0 for any free one.")
    private int controlPort;

    @Option(
            names = "--scenario",
            defaultValue = "healthy",
            converter = RehearseCommand.ScenarioConverter.class,
            description = "What goes wrong at first.")
    private Scenario scenario;

    @Option(
            names = "--pace",
            defaultValue = "20",
            description = "Seconds of about one phase: how fast gradual faults come. ${DEFAULT-VALUE} if left out.")
    private int pace;

    @Option(names = "--properties", paramLabel = "FILE", description = "Write the addresses there too.")
    private Path properties;

    @Option(names = "--stdin", description = "End when standard input is closed.")
    private boolean stdin;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        VirtualClock clock = new VirtualClock(Instant.now(), 1);
        Embedded.Ports ports = new Embedded.Ports(proxyPort, prometheusPort, haproxyPort);
        try (Embedded embedded = new Embedded(scenario, Family.USUAL, clock, Duration.ofSeconds(pace), SCRAPE, ports);
                ControlEndpoint control = new ControlEndpoint(controlPort, embedded.world())) {
            String addresses = addresses(embedded, control);
            if (properties != null) {
                Files.writeString(properties, addresses, StandardCharsets.UTF_8);
            }
            PrintWriter out = spec.commandLine().getOut();
            out.print(addresses);
            out.flush();
            await();
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("The services can't run: " + EndReasons.of(e));
            return 1;
        }
    }

    private static String addresses(Embedded embedded, ControlEndpoint control) {
        return "proxy.url=" + embedded.proxyUrl() + "\n"
                + "prometheus.url=" + embedded.prometheusUrl() + "\n"
                + "haproxy.address=127.0.0.1:" + embedded.haproxyPort() + "\n"
                + "haproxy.backend=" + Embedded.BACKEND + "\n"
                + "haproxy.baseline=baseline\n"
                + "haproxy.canary=canary\n"
                + "control.url=" + control.url() + "\n";
    }

    private void await() throws IOException, InterruptedException {
        if (stdin) {
            while (System.in.read() >= 0) {
                // whatever is typed is not for us
            }
        } else {
            new CountDownLatch(1).await();
        }
    }
}
