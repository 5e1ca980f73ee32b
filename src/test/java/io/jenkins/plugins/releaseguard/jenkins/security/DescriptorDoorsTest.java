// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every address that the forms ask: drop-downs, validations, connection tests, by whoever knocks. */
@WithJenkins
class DescriptorDoorsTest {
    private static final String OURS = "io.jenkins.plugins.releaseguard.jenkins.";

    @Test
    void nobodyEntersByGetWithoutACrumbOrWithoutAName(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root"));
        Map<String, Method> doors = doors(jenkins.jenkins);
        assertThat(doors)
                .hasSizeGreaterThan(25)
                .containsKeys(
                        "config.PrometheusSetup/testConnection",
                        "config.HaproxySetup/testConnection",
                        "config.WebhookSetup/fillCredentialsIdItems",
                        "policy.PolicySetup/checkEntryTypes",
                        "step.ReleaseGateStep/fillOnNoGoItems");
        try (FakeHttpServer listener = new FakeHttpServer(200, "{}");
                JenkinsRule.WebClient root = client(jenkins, "root");
                JenkinsRule.WebClient nobody = client(jenkins, null)) {
            String query = "?id=p&value=x&backend=b&canary=c&address=127.0.0.1:1&kind=tests&url="
                    + URLEncoder.encode(listener.url(), StandardCharsets.UTF_8);
            for (String door : doors.keySet()) {
                URL url = new URL(jenkins.getURL(), "descriptorByName/" + OURS + door + query);
                assertThat(send(root, url, HttpMethod.GET, false).getStatusCode())
                        .as("GET " + door)
                        .isEqualTo(405);
                WebResponse without = send(root, url, HttpMethod.POST, false);
                assertThat(without.getStatusCode()).as("no crumb " + door).isEqualTo(403);
                assertThat(without.getContentAsString()).as(door).contains("No valid crumb");
                assertThat(send(nobody, url, HttpMethod.POST, true).getStatusCode())
                        .as("anonymous " + door)
                        .isEqualTo(403);
            }
            assertThat(listener.heard())
                    .as("what was asked on somebody's behalf")
                    .isEmpty();
            for (String door : doors.keySet()) {
                URL url = new URL(jenkins.getURL(), "descriptorByName/" + OURS + door + query);
                assertThat(send(root, url, HttpMethod.POST, true).getStatusCode())
                        .as("allowed " + door)
                        .isEqualTo(200);
            }
        }
    }

    /** By reflection, so that a new one is knocked at too. */
    private static Map<String, Method> doors(Jenkins jenkins) {
        Map<String, Method> doors = new TreeMap<>();
        for (Descriptor<?> descriptor : jenkins.getExtensionList(Descriptor.class)) {
            String name = descriptor.getId();
            if (name.startsWith(OURS)) {
                Arrays.stream(descriptor.getClass().getMethods())
                        .filter(method -> method.getDeclaringClass().getName().startsWith(OURS)
                                && method.getName().matches("do[A-Z].*")
                                && List.of("doFill", "doCheck", "doTest").stream()
                                        .anyMatch(start -> method.getName().startsWith(start)))
                        .forEach(method -> doors.put(
                                name.substring(OURS.length()) + "/"
                                        + Character.toLowerCase(method.getName().charAt(2))
                                        + method.getName().substring(3),
                                method));
            }
        }
        return doors;
    }

    private static JenkinsRule.WebClient client(JenkinsRule jenkins, String user) {
        JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false);
        // otherwise a refusal is answered by the login page
        client.setRefreshHandler((page, url, seconds) -> {});
        return user == null ? client : client.withBasicCredentials(user, user);
    }

    private static WebResponse send(JenkinsRule.WebClient client, URL url, HttpMethod method, boolean crumb)
            throws Exception {
        WebRequest request = new WebRequest(url, method);
        if (crumb) {
            client.addCrumb(request);
        }
        return client.getPage(request).getWebResponse();
    }
}
