// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.diagnosis.OldDataMonitor;
import hudson.model.Descriptor;
import hudson.model.Result;
import hudson.model.Saveable;
import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.jenkins.config.mail.MailSetup;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicyReader;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import java.io.IOException;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * M7: configuration that is old, written by hand or half there loads with empty values, administrators are told, and no release is
 * held up or thrown at by it.
 */
@WithJenkins
class StoredConfigurationTest {
    private static final String PACKAGE = "io.jenkins.plugins.releaseguard.jenkins.config.";

    @Test
    void aControllerThatLacksEverythingLoadsEmpty(JenkinsRule jenkins) throws Exception {
        ReleaseGuardConfiguration configuration = load("");
        assertThat(configuration.getSources()).isEmpty();
        assertThat(configuration.getPolicy()).isNull();
        assertThat(configuration.getSignOffHours()).isEqualTo(8);
        assertThat(configuration.getOrphans()).isEqualTo(OrphanPolicy.ROLLBACK);
        assertThat(told(configuration)).isEmpty();
    }

    @Test
    void whatIsNoSetupAtAllIsLeftOut(JenkinsRule jenkins) throws Exception {
        ReleaseGuardConfiguration configuration = load("""
                <sources><string>prom</string><com.example.Gone/></sources>
                <routers>text</routers>
                <endpoints><null/></endpoints>
                <channels/>
                <freezes><int>3</int></freezes>
                <signOffHours>-5</signOffHours>
                <orphans>NO_SUCH</orphans>""");
        assertThat(configuration.getSources()).isEmpty();
        assertThat(configuration.getRouters()).isEmpty();
        assertThat(configuration.getEndpoints()).isEmpty();
        assertThat(configuration.getFreezes()).isEmpty();
        assertThat(configuration.getSignOffHours()).isEqualTo(8);
        assertThat(configuration.getOrphans()).isEqualTo(OrphanPolicy.ROLLBACK);
        // what they were is told by Jenkins itself
        assertThat(told(configuration)).contains("com.example.Gone");
        gate(jenkins, jenkins.createProject(WorkflowJob.class, "release"), Result.SUCCESS);
    }

    @Test
    void setupsThatLackTheirFieldsSaySoAndNothingThrows(JenkinsRule jenkins) throws Exception {
        ReleaseGuardConfiguration configuration = load("""
                <sources><%1$sPrometheusSetup><id>prom</id></%1$sPrometheusSetup></sources>
                <routers><%1$sHaproxySetup><id>proxy</id></%1$sHaproxySetup><%1$sHaproxySetup/></routers>
                <endpoints><%1$sEndpointSetup><id>tracker</id></%1$sEndpointSetup></endpoints>
                <channels>
                  <%1$sWebhookSetup><id>oncall</id></%1$sWebhookSetup>
                  <%1$smail.MailSetup><id>post</id></%1$smail.MailSetup>
                </channels>
                <freezes><%1$sFreezeSetup/></freezes>
                <policy/>""".formatted(PACKAGE));
        assertThat(told(configuration))
                .contains(
                        "the metric source 'prom' of Release Guard has no url",
                        "the router 'proxy' of Release Guard has no address",
                        "the router '' of Release Guard has no id",
                        "the endpoint 'tracker' of Release Guard has no url",
                        "the channel 'oncall' of Release Guard has no credentialsId",
                        "the channel 'post' of Release Guard has no to",
                        "the freeze '' of Release Guard has no window");
        assertThat(configuration.getPolicy().getChecks()).isEmpty();
        SetupUser place = SetupUser.at(jenkins.jenkins);
        assertThat(saidBy(() -> Setups.source(place, "prom"))).contains("prom");
        assertThat(saidBy(() -> Setups.router(place, "proxy"))).contains("proxy", "set up wrongly");
        assertThat(saidBy(() -> Setups.router(place, "other"))).contains("there is ");
        assertThat(Setups.recorded(place, "proxy")).isEmpty();
        assertThat(Setups.endpoint(place, "tracker")).isPresent();
        assertThat(Setups.channelIds(place)).contains("oncall", "post");
        assertThat(configuration.getFreezes().get(0).at(Instant.now()).until())
                .as("a window that nobody knows is open")
                .isAfter(Instant.now());
        gate(jenkins, jenkins.createProject(WorkflowJob.class, "release"), Result.FAILURE);
    }

    /** C7: a set-up that is made anew when it is read must not come to serve everything. */
    @Test
    void whatASetupIsForIsKeptAndNothingIsForAll(JenkinsRule jenkins) throws Exception {
        ReleaseGuardConfiguration configuration = load("""
                <sources>
                  <%1$sPrometheusSetup><environments>production</environments><jobs>shop/*</jobs><id>prom</id></%1$sPrometheusSetup>
                  <%1$sPrometheusSetup><id>old</id><url>http://127.0.0.1:1</url></%1$sPrometheusSetup>
                </sources>
                <routers><%1$sHaproxySetup><environments>production</environments><id>proxy</id></%1$sHaproxySetup></routers>
                <endpoints><%1$sEndpointSetup><environments>production</environments><id>tracker</id></%1$sEndpointSetup></endpoints>
                <channels>
                  <%1$smail.MailSetup><environments>production</environments><id>post</id></%1$smail.MailSetup>
                </channels>""".formatted(PACKAGE));
        SetupUser sandbox = new SetupUser(jenkins.jenkins, "sandbox", "shop/release");
        assertThat(Setups.objection(sandbox, SetupKind.SOURCE, "old"))
                .as("without any word about it, as it was stored before")
                .isEmpty();
        assertThat(Setups.objection(sandbox, SetupKind.SOURCE, "prom")).isPresent();
        assertThat(Setups.objection(sandbox, SetupKind.ROUTER, "proxy")).isPresent();
        assertThat(Setups.objection(sandbox, SetupKind.ENDPOINT, "tracker")).isPresent();
        assertThat(Setups.objection(sandbox, SetupKind.CHANNEL, "post")).isPresent();
        SetupUser other = new SetupUser(jenkins.jenkins, "production", "team/release");
        assertThat(Setups.objection(other, SetupKind.SOURCE, "prom")
                        .orElseThrow()
                        .text())
                .contains("for the jobs shop/*");
        assertThat(Setups.channelIds(sandbox)).isEmpty();
        EndpointSetup endpoint = configuration.getEndpoints().get(0);
        assertThat(endpoint.bounds().refusal("POST"))
                .as("an endpoint of before reads, and no more")
                .hasValue("for GET, HEAD, and this is POST");
    }

    /** C7: a slip of the pen must not open to everybody what was meant for some. */
    @Test
    void onlySeparatorsNameNothing(JenkinsRule jenkins) throws Exception {
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        HaproxySetup router = new HaproxySetup("proxy", "127.0.0.1:1", "b", "c", "");
        router.setEnvironments(" , ; ");
        PrometheusSetup source = new PrometheusSetup("prom", "http://127.0.0.1:1");
        source.setJobs(",");
        EndpointSetup endpoint = new EndpointSetup("tracker", "http://127.0.0.1:1");
        endpoint.setMethods(",");
        EndpointSetup paths = new EndpointSetup("paths", "http://127.0.0.1:1");
        paths.setPaths(",,");
        FreezeSetup freeze = new FreezeSetup("2001-01-01..2001-01-02");
        freeze.setExceptions(";");
        PolicySetup policy = new PolicySetup();
        policy.setEnvironments(",");
        configuration.setRouters(List.of(router));
        configuration.setSources(List.of(source));
        configuration.setEndpoints(List.of(endpoint, paths));
        configuration.setFreezes(List.of(freeze));
        configuration.setPolicy(policy);
        configuration.setProcedureJobs(",");
        // as forms and JCasC do
        configuration.save();
        assertThat(told(configuration))
                .contains(
                        "the router 'proxy' of Release Guard has only separators in environments, so that it names nothing",
                        "the metric source 'prom' of Release Guard has only separators in jobs",
                        "the endpoint 'tracker' of Release Guard has only separators in methods",
                        "the endpoint 'paths' of Release Guard has only separators in paths",
                        "has only separators in exceptions",
                        "has only separators in procedureJobs",
                        "the policy of the controller of Release Guard has only separators in environments");

        SetupUser user = new SetupUser(jenkins.jenkins, "production", "shop/release");
        for (SetupKind<?> kind : List.of(SetupKind.ROUTER, SetupKind.SOURCE)) {
            String id = kind == SetupKind.ROUTER ? "proxy" : "prom";
            assertThat(Setups.objection(user, kind, id).orElseThrow().text()).contains("nothing; only separators");
        }
        assertThat(endpoint.refusal("GET", "")).isPresent();
        assertThat(paths.refusal("GET", "a")).isPresent();
        assertThat(freeze.at(Instant.now()).except()).isEmpty();
        assertThat(configuration.hasProcedureJob("a")).isFalse();
        assertThatThrownBy(() -> PolicyReader.read(policy, "the controller"))
                .hasMessageContaining("the field environments has only separators");
        EndpointSetup.DescriptorImpl form = jenkins.jenkins.getDescriptorByType(EndpointSetup.DescriptorImpl.class);
        assertThat(form.doCheckMethods(null, " ,").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckPaths(null, ",").kind).isEqualTo(FormValidation.Kind.ERROR);
        PolicySetup.DescriptorImpl demands = jenkins.jenkins.getDescriptorByType(PolicySetup.DescriptorImpl.class);
        assertThat(demands.doCheckApprovers(null, ",").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(demands.doCheckEntryTypes(null, ",").kind).isEqualTo(FormValidation.Kind.ERROR);

        // it is mended, and nobody is told any more
        router.setEnvironments("production");
        source.setJobs(null);
        endpoint.setMethods("GET");
        paths.setPaths(null);
        freeze.setExceptions(null);
        policy.setEnvironments(null);
        configuration.setProcedureJobs(null);
        configuration.save();
        assertThat(told(configuration)).isEmpty();
        assertThat(Setups.objection(user, SetupKind.ROUTER, "proxy")).isEmpty();
    }

    /** Configuration as code says nothing by a form: it is told of what it imported, until it imports what is right. */
    @Test
    void onlySeparatorsFromCodeAreTold(JenkinsRule jenkins) throws Exception {
        String code = """
                unclassified:
                  releaseGuard:
                    channels: [{webhook: {id: chat, credentialsId: c, environments: "%1$s"}}]
                    endpoints: [{id: tracker, url: "http://127.0.0.1:1", jobs: "%1$s", methods: "%1$s", paths: "%1$s"}]
                    freezes: [{window: "2001-01-01..2001-01-02", exceptions: "%1$s"}]
                    policy: {branches: "%1$s", ledgerJobs: "%1$s"}
                    procedureJobs: "%1$s"
                    routers: [{haproxy: {id: proxy, address: "127.0.0.1:1", backend: b, canary: c, baseline: "", environments: "%1$s"}}]
                    sources: [{prometheus: {id: prom, url: "http://127.0.0.1:1", jobs: "%1$s"}}]
                """;
        ReleaseGuardConfigurationTest.configure(code.formatted(", ;"));
        assertThat(told(ReleaseGuardConfiguration.get()))
                .contains(
                        "the channel 'chat' of Release Guard has only separators in environments",
                        "the endpoint 'tracker' of Release Guard has only separators in jobs",
                        "the endpoint 'tracker' of Release Guard has only separators in methods",
                        "the endpoint 'tracker' of Release Guard has only separators in paths",
                        "the freeze '2001-01-01..2001-01-02' of Release Guard has only separators in exceptions",
                        "the policy of the controller of Release Guard has only separators in branches",
                        "the policy of the controller of Release Guard has only separators in ledgerJobs",
                        "the controller of Release Guard has only separators in procedureJobs",
                        "the router 'proxy' of Release Guard has only separators in environments",
                        "the metric source 'prom' of Release Guard has only separators in jobs");
        ReleaseGuardConfigurationTest.configure(code.formatted("GET"));
        assertThat(told(ReleaseGuardConfiguration.get())).isEmpty();
    }

    /** By the address that the form itself asks for each field. */
    @Test
    void formsSayThatOnlySeparatorsNameNothing(JenkinsRule jenkins) throws Exception {
        Jenkins controller = jenkins.jenkins;
        Map<Class<? extends Descriptor<?>>, List<String>> fields = Map.of(
                PrometheusSetup.DescriptorImpl.class, List.of("environments", "jobs"),
                HaproxySetup.DescriptorImpl.class, List.of("environments", "jobs"),
                WebhookSetup.DescriptorImpl.class, List.of("environments", "jobs"),
                MailSetup.DescriptorImpl.class, List.of("environments", "jobs"),
                EndpointSetup.DescriptorImpl.class, List.of("environments", "jobs", "methods", "paths"),
                FreezeSetup.DescriptorImpl.class, List.of("exceptions"),
                ReleaseGuardConfiguration.class, List.of("procedureJobs"),
                ReleaseGuardFolderProperty.DescriptorImpl.class, List.of("procedureJobs"),
                PolicySetup.DescriptorImpl.class,
                        List.of("entryTypes", "environments", "branches", "approvers", "ledgerJobs"));
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            for (Map.Entry<Class<? extends Descriptor<?>>, List<String>> form : fields.entrySet()) {
                Descriptor<?> descriptor =
                        ExtensionList.lookup(Descriptor.class).get(form.getKey());
                for (String field : form.getValue()) {
                    String door = "descriptorByName/" + descriptor.getId() + "/check"
                            + field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1);
                    assertThat(said(client, controller, door, " , ;"))
                            .as(door)
                            .contains("class=\"error\"", "only separators");
                    String good =
                            field.equals("entryTypes") ? "Rollback" : field.equals("approvers") ? "user:a" : "GET";
                    assertThat(said(client, controller, door, good)).as(door).doesNotContain("class=");
                    assertThat(said(client, controller, door, "")).as(door).doesNotContain("class=");
                }
            }
        }
    }

    private static String said(JenkinsRule.WebClient client, Jenkins controller, String door, String value)
            throws Exception {
        String address = controller.getRootUrl() + door + "?value=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return client.getPage(client.addCrumb(new WebRequest(new URL(address), HttpMethod.POST)))
                .getWebResponse()
                .getContentAsString();
    }

    @Test
    void aFolderWithoutItsListsLetsReleasesGo(JenkinsRule jenkins) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        folder.addProperty(new ReleaseGuardFolderProperty());
        ReleaseGuardFolderProperty property = reload(folder, """
                <%1$sfolder.ReleaseGuardFolderProperty>
                  <policy/>
                  <routers><%1$sHaproxySetup><id>proxy</id></%1$sHaproxySetup></routers>
                </%1$sfolder.ReleaseGuardFolderProperty>""".formatted(PACKAGE));
        assertThat(property.getSources()).isEmpty();
        assertThat(property.getChannels()).isEmpty();
        assertThat(property.getFreezes()).isEmpty();
        assertThat(property.getPolicy().getChecks()).isEmpty();
        assertThat(told(folder)).contains("the router 'proxy' of Release Guard has no address");
        gate(jenkins, folder.createProject(WorkflowJob.class, "release"), Result.SUCCESS);
    }

    @Test
    void whatIsCompleteIsToldNobody(JenkinsRule jenkins) throws Exception {
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        configuration.setRouters(List.of(new HaproxySetup("proxy", "127.0.0.1:1", "b", "c", "")));
        configuration.save();
        configuration.setRouters(List.of());
        configuration.load();
        assertThat(configuration.getRouters()).hasSize(1);
        assertThat(told(configuration)).isEmpty();
    }

    private interface Call {
        Object now() throws Exception;
    }

    private static String saidBy(Call call) {
        try {
            call.now();
            return "";
        } catch (Exception e) {
            assertThat(e).isNotInstanceOf(RuntimeException.class);
            return e.getMessage();
        }
    }

    private static ReleaseGuardConfiguration load(String fields) throws IOException {
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        String name = ReleaseGuardConfiguration.class.getName();
        Path file = Jenkins.get().getRootDir().toPath().resolve(name + ".xml");
        Files.writeString(file, "<?xml version='1.1' encoding='UTF-8'?>\n<" + name + ">" + fields + "</" + name + ">");
        configuration.load();
        return configuration;
    }

    private static ReleaseGuardFolderProperty reload(Folder folder, String property) throws IOException {
        Path file = folder.getConfigFile().getFile().toPath();
        String name = ReleaseGuardFolderProperty.class.getName();
        String stored = Files.readString(file)
                .replaceFirst("(?s)<" + name + "[^>]*/>|<" + name + ".*</" + name + ">", property);
        assertThat(stored).contains(property);
        Files.writeString(file, stored);
        folder.doReload();
        return folder.getProperties().get(ReleaseGuardFolderProperty.class);
    }

    /** What administrators read of it under Manage Old Data; empty where nothing is. */
    private static String told(Saveable owner) {
        OldDataMonitor.VersionRange range =
                ExtensionList.lookupSingleton(OldDataMonitor.class).getData().get(owner);
        return range == null ? "" : String.valueOf(range.extra);
    }

    private static void gate(JenkinsRule jenkins, WorkflowJob job, Result result) throws Exception {
        String contract = GateStepFixture.contract("freeze: {windows: [\"2001-01-01..2001-01-02\"]}");
        job.setDefinition(new CpsFlowDefinition(GateStepFixture.step("", contract), true));
        WorkflowRun run =
                jenkins.assertBuildStatus(result, job.scheduleBuild2(0).get());
        Waits.until(
                "the end of the build's release",
                () -> ReleaseGuardService.get().of(run).isEmpty());
    }
}
