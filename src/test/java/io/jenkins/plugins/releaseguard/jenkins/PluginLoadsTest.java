// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PluginLoadsTest {
    @Test
    void isActive(JenkinsRule jenkins) {
        var plugin = jenkins.getPluginManager().getPlugin("release-guard");
        assertThat(plugin).isNotNull();
        assertThat(plugin.isActive()).isTrue();
        assertThat(jenkins.getPluginManager().getFailedPlugins()).isEmpty();
    }
}
