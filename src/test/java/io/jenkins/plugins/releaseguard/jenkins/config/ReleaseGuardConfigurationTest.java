// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.Util;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicyReader;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
import io.jenkins.plugins.releaseguard.jenkins.policy.RequiredCheckSetup;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ReleaseGuardConfigurationTest {
    private static final Pattern SAMPLE = Pattern.compile("(?ms)^```yaml\\n(unclassified:\\n.*?)^```$");

    /** The sample of the documentation. */
    private static String sample() throws IOException {
        Matcher matcher = SAMPLE.matcher(Files.readString(Path.of("docs/configuration.md")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    /** Imports configuration as code. */
    static void configure(String yaml) throws Exception {
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    private static String exported() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        return Util.toYamlString(Util.getUnclassifiedRoot(context).get("releaseGuard"))
                .indent(4)
                .stripTrailing();
    }

    @Test
    void sampleIsConfiguredAsCodeAndBack(JenkinsRule jenkins) throws Exception {
        String sample = sample();
        configure(sample);
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        assertThat(configuration.getOrphans()).isEqualTo(OrphanPolicy.HOLD);
        assertThat(configuration.getSignOffHours()).isEqualTo(24);
        assertThat(configuration.getChannels()).hasSize(2);
        assertThat(configuration.getFreezes()).hasSize(1);
        assertThat(PolicyReader.read(configuration.getPolicy(), "here").checks())
                .hasSize(2);
        assertThat(exported())
                .isEqualTo(sample.substring(sample.indexOf("    allowed")).stripTrailing());
    }

    @Test
    void configurationIsKeptOnDisk(JenkinsRule jenkins) throws Exception {
        configure(sample());
        String before = exported();
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        configuration.setSources(List.of());
        configuration.setPolicy(null);
        configuration.setSignOffHours(1);
        configuration.load();
        assertThat(exported()).isEqualTo(before);
    }

    @Test
    void formKeepsWhatIsThere(JenkinsRule jenkins) throws Exception {
        configure(sample());
        String before = exported();
        jenkins.configRoundtrip();
        assertThat(exported()).isEqualTo(before);
    }

    @Test
    void formWithoutAnythingStaysEmpty(JenkinsRule jenkins) throws Exception {
        String before = exported();
        jenkins.configRoundtrip();
        assertThat(exported()).isEqualTo(before);
        assertThat(ReleaseGuardConfiguration.get().getPolicy()).isNull();
    }

    @Test
    void credentialsAreListedForThoseWhoMayChoose(JenkinsRule jenkins) throws Exception {
        token("prom-token", "s3cr3t");
        people(jenkins);
        PrometheusSetup.DescriptorImpl descriptor =
                jenkins.jenkins.getDescriptorByType(PrometheusSetup.DescriptorImpl.class);
        assertThat(ids(descriptor, "root")).contains("prom-token");
        assertThat(ids(descriptor, "reader")).containsExactly("chosen");
    }

    @Test
    void folderCredentialsAreListedForThoseWhoMayChooseThere(JenkinsRule jenkins) throws Exception {
        token("prom-token", "s3cr3t");
        people(jenkins);
        Folder folder = jenkins.createProject(Folder.class, "team");
        FolderTest.token(folder, "team-token", "f0ld3r");
        PrometheusSetup.DescriptorImpl descriptor =
                jenkins.jenkins.getDescriptorByType(PrometheusSetup.DescriptorImpl.class);
        WebhookSetup.DescriptorImpl channels = jenkins.jenkins.getDescriptorByType(WebhookSetup.DescriptorImpl.class);
        for (String who : List.of("extended", "user-of-credentials")) {
            try (var ignored = as(who)) {
                assertThat(values(descriptor.doFillCredentialsIdItems(folder, "http://host", "chosen")))
                        .as(who)
                        .contains("prom-token", "team-token", "chosen");
                assertThat(values(channels.doFillCredentialsIdItems(folder, "chosen")))
                        .as(who)
                        .contains("prom-token", "team-token");
                assertThat(values(channels.doFillCredentialsIdItems(null, "chosen")))
                        .as(who + " at the controller")
                        .containsExactly("chosen");
            }
        }
        try (var ignored = as("reader")) {
            assertThat(values(descriptor.doFillCredentialsIdItems(folder, "http://host", "chosen")))
                    .containsExactly("chosen");
            assertThat(descriptor.doCheckCredentialsId(folder, "http://host", "team-token").kind)
                    .isEqualTo(descriptor.doCheckCredentialsId(folder, "http://host", "no-such-token").kind);
        }
        try (var ignored = as("root")) {
            assertThat(values(descriptor.doFillCredentialsIdItems(null, "http://host", "chosen")))
                    .contains("prom-token")
                    .doesNotContain("team-token");
        }
    }

    @Test
    void connectionIsTestedByAdministratorsOnlyAndByPost(JenkinsRule jenkins) throws Exception {
        token("prom-token", "s3cr3t");
        try (FakeHttpServer server =
                new FakeHttpServer(500, "{\"status\":\"error\",\"error\":\"4nswer $AUTHORIZATION\"}")) {
            people(jenkins);
            String query = "?id=p&url=" + server.url() + "&credentialsId=prom-token";
            assertThat(status(jenkins, "reader", HttpMethod.POST, query)).isEqualTo(403);
            assertThat(status(jenkins, "root", HttpMethod.GET, query)).isEqualTo(405);
            assertThat(status(jenkins, null, HttpMethod.POST, query)).isEqualTo(403);
            assertThat(server.heard()).isEmpty();
            assertThat(status(jenkins, "root", HttpMethod.POST, query)).isEqualTo(200);
            assertThat(server.heard())
                    .isNotEmpty()
                    .allSatisfy(heard -> assertThat(heard.authorization()).isEqualTo("Bearer s3cr3t"));
        }
    }

    @Test
    void whatCannotBeReadIsTold(JenkinsRule jenkins) {
        PolicySetup.DescriptorImpl policy = jenkins.jenkins.getDescriptorByType(PolicySetup.DescriptorImpl.class);
        assertThat(policy.doCheckEntryTypes(null, "Rollback, Rolback").getMessage())
                .contains("Rolback");
        assertThat(policy.doCheckLargestFirstShare(null, "half").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(policy.doCheckLargestFirstShare(null, "5 %").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(policy.doCheckShortestBake(null, "5 parsecs").kind).isEqualTo(FormValidation.Kind.ERROR);
        RequiredCheckSetup.DescriptorImpl check =
                jenkins.jenkins.getDescriptorByType(RequiredCheckSetup.DescriptorImpl.class);
        assertThat(check.doCheckLimits(null, "passRate: >=98%", "tests").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(check.doCheckLimits(null, "passrate: >=98%", "tests").getMessage())
                .contains("passRate");
        assertThat(check.doCheckLimits(null, "passRate: 98 or so", "tests").kind)
                .isEqualTo(FormValidation.Kind.ERROR);
        FreezeSetup.DescriptorImpl freeze = jenkins.jenkins.getDescriptorByType(FreezeSetup.DescriptorImpl.class);
        assertThat(freeze.doCheckWindow(null, "Fri 16:00..Mon 08:00", "Europe/Berlin").kind)
                .isEqualTo(FormValidation.Kind.OK);
        assertThat(freeze.doCheckWindow(null, "Christmas", "").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(freeze.doCheckZone(null, "Mars/North").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(freeze.doCheckZone(null, "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(policy.doCheckLongestRollback(null, "5 parsecs").getMessage())
                .startsWith("a duration needs a unit here: write")
                .doesNotContain("RG-", "1:");
        assertThat(policy.doCheckApprovals(null, "-1").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(ReleaseGuardConfiguration.get().doCheckSignOffHours("0").kind)
                .isEqualTo(FormValidation.Kind.ERROR);
        HaproxySetup.DescriptorImpl router = jenkins.jenkins.getDescriptorByType(HaproxySetup.DescriptorImpl.class);
        assertThat(router.doCheckAddress(null, "localhost").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(router.doCheckAddress(null, "localhost:9999").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(router.doCheckBackend(null, " ").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    /** What was added by mistake can be taken away again. */
    @Test
    void everyItemCanBeDeleted(JenkinsRule jenkins) throws Exception {
        configure(sample());
        HtmlPage page = jenkins.createWebClient().goTo("manage/configure");
        for (String list : List.of("sources", "routers", "endpoints", "channels", "freezes", "checks")) {
            assertThat(page.getByXPath("//div[@name='" + list + "'][contains(@class,'repeated-chunk')]"
                            + "[not(.//button[contains(@class,'repeatable-delete')])]"))
                    .as(list)
                    .isEmpty();
            assertThat(page.getByXPath("//div[@name='" + list + "'][contains(@class,'repeated-chunk')]"))
                    .as(list)
                    .isNotEmpty();
        }
    }

    /** Whoever may bind data makes objects of these: nothing may happen then. */
    @Test
    void hostileValuesDoNothing(JenkinsRule jenkins) throws Exception {
        try (FakeHttpServer listener = new FakeHttpServer(200, "{}")) {
            String config = exported();
            for (String value : List.of(listener.url(), "/etc/passwd", "../../x", "<script>", "\0")) {
                PrometheusSetup source = new PrometheusSetup(value, value);
                source.setCredentialsId(value);
                new HaproxySetup(value, value, value, value, value).setMaintenanceAtZero(true);
                new EndpointSetup(value, value).setCredentialsId(value);
                new WebhookSetup(value, value).setField(value);
                new FreezeSetup(value).setZone(value);
                new RequiredCheckSetup(value).setLimits(value);
                PolicySetup policy = new PolicySetup();
                policy.setEntryTypes(value);
                policy.setBranches(value);
            }
            assertThat(listener.heard()).isEmpty();
            assertThat(exported()).isEqualTo(config);
        }
    }

    @Test
    void badIdsAndAddressesAreTold(JenkinsRule jenkins) {
        PrometheusSetup.DescriptorImpl descriptor =
                jenkins.jenkins.getDescriptorByType(PrometheusSetup.DescriptorImpl.class);
        assertThat(descriptor.doCheckUrl(null, "http://user:pass@host").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor.doCheckUrl(null, "javascript:alert(1)").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor.doCheckUrl(null, "https://host/prom").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckId(null, "a b").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor.doCheckId(null, "prom-1").kind).isEqualTo(FormValidation.Kind.OK);
    }

    /** A source that takes five seconds was silent for ever, and the setting that its message named did not exist. */
    @Test
    void aSlowSourceMayHaveMoreTime(JenkinsRule jenkins) throws Exception {
        PrometheusSetup.DescriptorImpl descriptor =
                jenkins.jenkins.getDescriptorByType(PrometheusSetup.DescriptorImpl.class);
        assertThat(descriptor.doCheckTimeout(null, "15").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckTimeout(null, "16").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor.doCheckTimeout(null, "0").kind).isEqualTo(FormValidation.Kind.ERROR);
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PrometheusSetup source = new PrometheusSetup("slow", "http://127.0.0.1:" + silent.getLocalPort());
            source.setTimeout(1);
            assertThatThrownBy(() -> ConnectionTests.prometheus(source.connect(jenkins.jenkins)))
                    .hasMessageContaining("did not answer within 1 s");
            String before = Jenkins.XSTREAM2.toXML(source).replaceAll("<timeout>.*</timeout>", "");
            assertThat(((PrometheusSetup) Jenkins.XSTREAM2.fromXML(before)).getTimeout())
                    .as("set up before it could be said")
                    .isEqualTo(5);
            source.setTimeout(0);
            assertThatThrownBy(() -> source.connect(jenkins.jenkins)).hasMessageContaining("its timeout is 0 s");
            source.setTimeout(60);
            assertThatThrownBy(() -> source.connect(jenkins.jenkins))
                    .hasMessageContaining("its timeout is 60 s, and can be 1 to 15 s");
        }
    }

    private static void token(String id, String secret) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(secret)));
        SystemCredentialsProvider.getInstance().save();
    }

    private static void people(JenkinsRule jenkins) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ)
                .everywhere()
                .to("extended")
                .grant(Jenkins.READ, Item.READ, CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("user-of-credentials"));
    }

    private static List<String> ids(PrometheusSetup.DescriptorImpl descriptor, String user) {
        try (var ignored = as(user)) {
            return values(descriptor.doFillCredentialsIdItems(null, "http://host", "chosen"));
        }
    }

    private static ACLContext as(String user) {
        return ACL.as2(User.getOrCreateByIdOrFullName(user).impersonate2());
    }

    private static List<String> values(ListBoxModel items) {
        return items.stream().map(option -> option.value).toList();
    }

    private static int status(JenkinsRule jenkins, String user, HttpMethod method, String query) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            // otherwise a refusal is answered by the login page
            client.setRefreshHandler((page, url, seconds) -> {});
            client.getOptions().setJavaScriptEnabled(false);
            if (user != null) {
                client.withBasicCredentials(user, user);
            }
            URL url = new URL(
                    jenkins.getURL(),
                    "descriptorByName/" + PrometheusSetup.class.getName() + "/testConnection" + query);
            WebRequest request = new WebRequest(url, method);
            if (method == HttpMethod.POST) {
                client.addCrumb(request);
            }
            var response = client.getPage(request).getWebResponse();
            assertThat(response.getContentAsString()).doesNotContain("s3cr3t", "4nswer");
            return response.getStatusCode();
        }
    }
}
