// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.Util;
import io.jenkins.plugins.casc.model.CNode;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ReleaseGuardConfigurationTest {
    private static final String YAML = """
            unclassified:
              releaseGuard:
                allowedAddresses: "https://status.example.com/"
                endpoints:
                - credentialsId: "chat"
                  id: "oncall"
                  url: "https://chat.example.com/hook"
                orphans: HOLD
                routers:
                - haproxy:
                    address: "127.0.0.1:9999"
                    backend: "checkout"
                    baseline: "old*"
                    canary: "new"
                    id: "proxy"
                    maintenanceAtZero: true
                sources:
                - prometheus:
                    baseline: "stable"
                    credentialsId: "prom-token"
                    id: "prom"
                    url: "https://prometheus.example.com"
            """;

    @Test
    void isConfiguredAsCodeAndBack(JenkinsRule jenkins) throws Exception {
        ConfigurationAsCode.get()
                .configureWith(io.jenkins.plugins.casc.yaml.YamlSource.of(
                        new ByteArrayInputStream(YAML.getBytes(StandardCharsets.UTF_8))));
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        assertThat(configuration.getOrphans()).isEqualTo(OrphanPolicy.HOLD);
        assertThat(configuration.getSources()).hasSize(1);
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        CNode node = Util.getUnclassifiedRoot(context).get("releaseGuard");
        assertThat(Util.toYamlString(node).indent(4).stripTrailing())
                .isEqualTo(YAML.substring(YAML.indexOf("    allowed")).stripTrailing());
    }

    @Test
    void formKeepsWhatIsThere(JenkinsRule jenkins) throws Exception {
        PrometheusSetup prometheus = new PrometheusSetup("prom", "http://127.0.0.1:9090");
        prometheus.setBaseline("stable");
        HaproxySetup haproxy = new HaproxySetup("proxy", "127.0.0.1:9999", "checkout", "new", "old");
        EndpointSetup endpoint = new EndpointSetup("oncall", "https://chat.example.com/hook");
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        configuration.setSources(List.of(prometheus));
        configuration.setRouters(List.of(haproxy));
        configuration.setEndpoints(List.of(endpoint));
        configuration.setOrphans(OrphanPolicy.HOLD);
        jenkins.configRoundtrip();
        jenkins.assertEqualDataBoundBeans(prometheus, configuration.getSources().get(0));
        jenkins.assertEqualDataBoundBeans(haproxy, configuration.getRouters().get(0));
        jenkins.assertEqualDataBoundBeans(endpoint, configuration.getEndpoints().get(0));
        assertThat(configuration.getOrphans()).isEqualTo(OrphanPolicy.HOLD);
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
    void connectionIsTestedByAdministratorsOnlyAndByPost(JenkinsRule jenkins) throws Exception {
        token("prom-token", "s3cr3t");
        AtomicInteger requests = new AtomicInteger();
        AtomicReference<String> authorization = new AtomicReference<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = "{\"status\":\"error\",\"errorType\":\"x\",\"error\":\"inner secret\"}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(500, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            people(jenkins);
            String query = "?id=p&url=http://127.0.0.1:" + server.getAddress().getPort() + "&credentialsId=prom-token";
            assertThat(status(jenkins, "reader", HttpMethod.POST, query)).isEqualTo(403);
            assertThat(status(jenkins, "root", HttpMethod.GET, query)).isEqualTo(405);
            assertThat(requests).hasValue(0);
            assertThat(status(jenkins, "root", HttpMethod.POST, query)).isEqualTo(200);
            assertThat(requests).hasPositiveValue();
            assertThat(authorization).hasValue("Bearer s3cr3t");
        } finally {
            server.stop(0);
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
                .to("reader"));
    }

    private static List<String> ids(PrometheusSetup.DescriptorImpl descriptor, String user) {
        try (var ignored = hudson.security.ACL.as2(
                hudson.model.User.getOrCreateByIdOrFullName(user).impersonate2())) {
            ListBoxModel items = descriptor.doFillCredentialsIdItems(null, "http://host", "chosen");
            return items.stream().map(option -> option.value).toList();
        }
    }

    private static int status(JenkinsRule jenkins, String user, HttpMethod method, String query) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            client.withBasicCredentials(user, user);
            URL url = new URL(
                    jenkins.getURL(),
                    "descriptorByName/" + PrometheusSetup.class.getName() + "/testConnection" + query);
            WebRequest request = new WebRequest(url, method);
            if (method == HttpMethod.POST) {
                client.addCrumb(request);
            }
            var response = client.getPage(request).getWebResponse();
            assertThat(response.getContentAsString()).doesNotContain("s3cr3t");
            return response.getStatusCode();
        }
    }
}
