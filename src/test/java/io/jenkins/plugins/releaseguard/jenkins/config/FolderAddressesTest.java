// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.jenkins.config.mail.MailSetup;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** M9: what folders set up passed by the administrator's list of addresses. */
@WithJenkins
class FolderAddressesTest {
    private static final String LIST = "the administrator's list of addresses that folders may have";

    /** Of another plugin, which doesn't say where it is. */
    public static final class ElsewhereRouter extends RouterSetup {
        ElsewhereRouter() {
            super("elsewhere");
        }

        @Override
        public TrafficRouter connect(ItemGroup<?> context) throws EffectException {
            throw new EffectException("connected");
        }
    }

    @Test
    void foldersCallWhatTheListHas(JenkinsRule jenkins) throws Exception {
        try (FakeHttpServer server = new FakeHttpServer(200, "{}")) {
            Folder folder = jenkins.createProject(Folder.class, "team");
            ReleaseGuardFolderProperty property = new ReleaseGuardFolderProperty();
            folder.addProperty(property);
            FolderTest.token(folder, "hook", server.url() + "/hook/s3cr3t");
            property.setSources(List.of(new PrometheusSetup("prom", server.url())));
            property.setRouters(
                    List.of(new HaproxySetup("proxy", "proxy.Example.com:9999", "b", "c", ""), new ElsewhereRouter()));
            property.setEndpoints(List.of(new EndpointSetup("tracker", server.url() + "/api")));
            property.setChannels(
                    List.of(new WebhookSetup("oncall", "hook"), new MailSetup("post", "dana@example.com")));
            SetupUser user = new SetupUser(folder, "production", "team/release");

            // nothing is limited, and the form says so
            ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
            all(user);
            assertThat(configuration.doCheckFolderAddresses("").getMessage()).contains("any address");

            configuration.setFolderAddresses("https://elsewhere.example.com/\n*.example.org:9999");
            assertThatThrownBy(() -> Setups.source(user, "prom"))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining(
                            "The metric source 'prom' of the folder team calls where it may not: its address is not on "
                                    + LIST);
            assertThatThrownBy(() -> Setups.router(user, "proxy"))
                    .isInstanceOf(EffectException.class)
                    .hasMessageContaining(LIST);
            assertThatThrownBy(() -> Setups.router(user, "elsewhere"))
                    .hasMessageContaining("doesn't say where it calls");
            assertThatThrownBy(() -> Setups.endpoint(user, "tracker")).hasMessageContaining(LIST);
            assertThatThrownBy(() -> Setups.channel(user, "oncall"))
                    .hasMessageContaining(LIST)
                    .hasMessageNotContaining("s3cr3t");
            assertThat(Setups.channel(user, "post"))
                    .as("by Jenkins' own server")
                    .isPresent();
            assertThatThrownBy(() -> Setups.source(user.inMotion(), "prom"))
                    .as("also for a release that has begun: a folder's owner could point it elsewhere by then")
                    .hasMessageContaining(LIST);

            // the buttons ask nobody either
            int before = server.heard().size();
            PrometheusSetup.DescriptorImpl source =
                    jenkins.jenkins.getDescriptorByType(PrometheusSetup.DescriptorImpl.class);
            refused(source.doTestConnection(folder, "p", server.url(), "", "5"));
            refused(jenkins.jenkins
                    .getDescriptorByType(EndpointSetup.DescriptorImpl.class)
                    .doTestConnection(folder, "e", server.url(), ""));
            refused(jenkins.jenkins
                    .getDescriptorByType(WebhookSetup.DescriptorImpl.class)
                    .doTestConnection(folder, "w", "hook", "text"));
            refused(jenkins.jenkins
                    .getDescriptorByType(HaproxySetup.DescriptorImpl.class)
                    .doTestConnection(
                            folder,
                            "h",
                            "127.0.0.1:" + server.url().replaceAll(".*:", ""),
                            "b",
                            "c",
                            "",
                            "",
                            false,
                            false,
                            "",
                            "",
                            "",
                            ""));
            assertThat(server.heard()).hasSize(before);
            assertThat(source.doTestConnection(null, "p", server.url(), "", "5").getMessage())
                    .as("the controller's own are an administrator's")
                    .doesNotContain(LIST);

            configuration.setFolderAddresses(server.url() + "\n*.example.com:9999\nnonsense");
            property.setRouters(List.of(new HaproxySetup("proxy", "proxy.Example.com:9999", "b", "c", "")));
            all(user);
            HaproxySetup second =
                    new HaproxySetup("proxy", "proxy.example.com:9999, proxy.example.org:9999", "b", "c", "");
            HaproxySetup master = new HaproxySetup("proxy", "proxy.example.com:9999", "b", "c", "");
            master.setMasters("proxy.example.org:9998");
            for (HaproxySetup setup : List.of(second, master)) {
                property.setRouters(List.of(setup));
                assertThatThrownBy(() -> Setups.router(user, "proxy"))
                        .as("each of several")
                        .hasMessageContaining(LIST);
            }
            assertThat(configuration.doCheckFolderAddresses("nonsense").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(configuration.doCheckFolderAddresses("https://a.example.com/x\n10.0.0.1:9999").kind)
                    .isEqualTo(FormValidation.Kind.OK);
            configuration.setFolderAddresses("nonsense");
            assertThatThrownBy(() -> Setups.source(user, "prom"))
                    .as("a list that can't be understood limits all")
                    .hasMessageContaining(LIST);
        }
    }

    private static void all(SetupUser user) throws Exception {
        assertThat(Setups.source(user, "prom")).isNotNull();
        assertThat(Setups.router(user, "proxy")).isNotNull();
        assertThat(Setups.endpoint(user, "tracker")).isPresent();
        assertThat(Setups.channel(user, "oncall")).isPresent();
        assertThat(Setups.channel(user, "post")).isPresent();
    }

    private static void refused(FormValidation said) {
        assertThat(said.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(said.getMessage()).contains("administrator", "list of addresses that folders may have");
    }
}
