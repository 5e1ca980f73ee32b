// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import hudson.model.Descriptor;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.JenkinsRule;

/** Every address that forms ask: drop-downs, validations, connection tests; by reflection, so that a new one is knocked at too. */
final class FormDoors {
    private static final String OURS = "io.jenkins.plugins.releaseguard.jenkins.";

    private FormDoors() {}

    /** As {@code config.PrometheusSetup/testConnection}. */
    static Set<String> all(Jenkins jenkins) {
        Set<String> doors = new TreeSet<>();
        for (Descriptor<?> descriptor : jenkins.getExtensionList(Descriptor.class)) {
            String name = descriptor.getId();
            if (name.startsWith(OURS)) {
                Arrays.stream(descriptor.getClass().getMethods())
                        .filter(method -> method.getDeclaringClass().getName().startsWith(OURS)
                                && method.getName().matches("do(Fill|Check|Test).*"))
                        .forEach(method -> doors.add(name.substring(OURS.length()) + "/"
                                + Character.toLowerCase(method.getName().charAt(2))
                                + method.getName().substring(3)));
            }
        }
        return doors;
    }

    /** What each of them could want to know, calling whom it would call. */
    static String query(String url) {
        return "?id=p&value=x&backend=b&canary=c&baseline=&address=127.0.0.1:1&kind=tests&timeout=5&field=text&to=a@example.com&url="
                + URLEncoder.encode(url, StandardCharsets.UTF_8);
    }

    /** @param place relative to Jenkins' root: empty, or an item's with a slash at its end */
    static URI url(JenkinsRule jenkins, String place, String door, String query) throws java.io.IOException {
        return URI.create(jenkins.getURL() + place + "descriptorByName/" + OURS + door + query);
    }
}
