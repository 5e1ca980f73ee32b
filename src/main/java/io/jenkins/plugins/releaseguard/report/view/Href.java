// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import io.jenkins.plugins.releaseguard.report.Words;
import java.net.URI;
import java.net.URISyntaxException;

/** What may become a link: http and https, nothing that runs. */
final class Href {
    private Href() {}

    /** The address itself, or nothing; nothing also of one that holds a password. */
    static String safe(String address) {
        try {
            URI uri = new URI(Words.text(address).strip());
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getUserInfo() == null ? uri.toASCIIString() : "";
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
