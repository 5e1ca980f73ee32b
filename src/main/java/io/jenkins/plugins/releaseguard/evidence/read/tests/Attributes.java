// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import javax.xml.stream.XMLStreamReader;

/** Attributes as texts; empty where they aren't there. */
final class Attributes {
    private Attributes() {}

    /** The first of some names that is there. */
    static String attribute(XMLStreamReader xml, String... names) {
        for (String name : names) {
            String text = xml.getAttributeValue(null, name);
            if (text != null) {
                return text;
            }
        }
        return "";
    }
}
