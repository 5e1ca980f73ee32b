// SPDX-License-Identifier: MIT
package org.example.releaseguard;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.jenkins.config.RouterSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A proxy that reads the canary's share from the file {@code weight} of a folder, and writes each request into {@code access.log}. */
public final class WeightFileRouter extends RouterSetup {
    private final String folder;

    @DataBoundConstructor
    public WeightFileRouter(String id, String folder) {
        super(id);
        this.folder = folder;
    }

    public String getFolder() {
        return folder;
    }

    @Override
    public TrafficRouter connect(ItemGroup<?> context) {
        Path weight = Path.of(folder, "weight");
        return new TrafficRouter() {
            @Override
            public void shift(double percent) throws EffectException {
                try {
                    Files.writeString(weight, Double.toString(percent));
                } catch (IOException e) {
                    throw new EffectException("the weight can't be written to " + weight, e);
                }
            }

            @Override
            public RouterReading read() throws EffectException {
                try {
                    double percent = Double.parseDouble(Files.readString(weight).strip());
                    AccessLog log = AccessLog.of(Path.of(folder));
                    // what this proxy can't tell is NaN, never a guess: it keeps no sessions, so none are open
                    return new RouterReading(percent, log.requests("canary"), log.requests("baseline"), 0, true);
                } catch (IOException | NumberFormatException e) {
                    throw new EffectException("the weight can't be read from " + weight, e);
                }
            }
        };
    }

    @Extension
    @Symbol("weightFile")
    public static final class DescriptorImpl extends Descriptor<RouterSetup> {
        @Override
        public String getDisplayName() {
            return "Weight file";
        }
    }
}
