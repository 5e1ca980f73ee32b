// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.testing;

import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.jenkins.config.Channel;
import io.jenkins.plugins.releaseguard.jenkins.config.ChannelSetup;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes what it is told. */
public final class RecordingChannel extends ChannelSetup {
    public static final List<String> HEARD = new CopyOnWriteArrayList<>();

    public RecordingChannel() {
        super("oncall");
    }

    @Override
    public Channel connect(ItemGroup<?> context) {
        return (text, limit) -> HEARD.add(text);
    }
}
