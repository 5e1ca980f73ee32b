// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is set up is changed while a release is in motion: it goes on with what it began with, or with nothing, never with another's. */
@WithJenkins
class ChangedSetupsTest {
    @Test
    void whatWasNarrowedServesOnWhereThereIsNoOther(JenkinsRule jenkins) throws Exception {
        HaproxySetup router = router("127.0.0.1:1", "staging");
        ReleaseGuardConfiguration.get().setRouters(List.of(router));
        SetupUser user = new SetupUser(jenkins.jenkins, "production", "release");
        assertThat(Setups.objection(user, SetupKind.ROUTER, "edge")).isPresent();
        assertThat(Setups.router(user.inMotion(), "edge")).isNotNull();
    }

    @Test
    void ofSeveralInOnePlaceNoneIsPicked(JenkinsRule jenkins) throws Exception {
        HaproxySetup mine = router("127.0.0.1:1", "production");
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        configuration.setRouters(List.of(router("127.0.0.1:2", "staging"), mine));
        SetupUser user = new SetupUser(jenkins.jenkins, "production", "release").inMotion();
        assertThat(Setups.recorded(user, "edge").orElseThrow().address()).isEqualTo("127.0.0.1:1");

        mine.setEnvironments("sandbox");
        assertThatThrownBy(() -> Setups.router(user, "edge"))
                .isInstanceOf(EffectException.class)
                .hasMessage(
                        "There are 2 set-ups of a router 'edge', of the controller and of the controller, and none of"
                                + " those of the controller is set up for production and release any more, so that nobody can tell"
                                + " which of them the release began with");
        assertThat(Setups.recorded(user, "edge")).isEmpty();

        mine.setEnvironments("production");
        assertThat(Setups.router(user, "edge")).isNotNull();
    }

    /** A folder may have got its own by now, or have narrowed the one that the release began with. */
    @Test
    void norOfSeveralFolders(JenkinsRule jenkins) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        ReleaseGuardFolderProperty property = new ReleaseGuardFolderProperty();
        folder.addProperty(property);
        ReleaseGuardConfiguration all = ReleaseGuardConfiguration.get();
        all.setRouters(List.of(router("127.0.0.1:1", "production")));
        all.setSources(List.of(new PrometheusSetup("prom", "http://127.0.0.1:1")));
        all.setEndpoints(List.of(new EndpointSetup("api", "http://127.0.0.1:1")));
        all.setChannels(List.of(new WebhookSetup("oncall", "hook")));
        property.setRouters(List.of(router("127.0.0.1:2", "staging")));
        property.setSources(List.of(narrowed(new PrometheusSetup("prom", "http://127.0.0.1:2"))));
        property.setEndpoints(List.of(narrowed(new EndpointSetup("api", "http://127.0.0.1:2"))));
        property.setChannels(List.of(narrowed(new WebhookSetup("oncall", "hook"))));

        SetupUser user = new SetupUser(folder, "production", "team/release").inMotion();
        String said = "of the folder team and of the controller, and none of those of the folder team";
        assertThatThrownBy(() -> Setups.router(user, "edge")).hasMessageContaining(said);
        assertThatThrownBy(() -> Setups.source(user, "prom"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(said);
        assertThatThrownBy(() -> Setups.endpoint(user, "api")).hasMessageContaining(said);
        assertThatThrownBy(() -> Setups.channel(user, "oncall")).hasMessageContaining(said);
        assertThat(Setups.seen(user, SetupKind.ROUTER, "edge"))
                .as("it is still seen")
                .isPresent();
    }

    private static HaproxySetup router(String address, String environments) {
        HaproxySetup router = new HaproxySetup("edge", address, "backend", "canary", "baseline");
        router.setEnvironments(environments);
        return router;
    }

    private static <T extends BoundSetup<?>> T narrowed(T setup) {
        setup.setEnvironments("staging");
        return setup;
    }
}
