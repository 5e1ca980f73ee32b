// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.evidence.read.Coverage.Count;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamReader;

/** JaCoCo (report.dtd 1.1): the counters right below the root are the whole's. */
final class JacocoReader implements CoverageReader.Format {
    private final Map<String, Count> counters = new HashMap<>();

    @Override
    public void start(String name, int depth, XMLStreamReader xml) throws FormatException {
        if (depth != 2 || !name.equals("counter")) {
            return;
        }
        long missed = SafeXml.count(xml, "missed");
        long covered = SafeXml.count(xml, "covered");
        String type = xml.getAttributeValue(null, "type");
        if (missed < 0 || covered < 0 || type == null) {
            throw new FormatException("a JaCoCo counter lacks type, missed or covered");
        }
        counters.put(type, new Count(covered, Math.addExact(missed, covered)));
    }

    @Override
    public Coverage coverage() {
        return new Coverage(of("LINE"), of("BRANCH"), of("INSTRUCTION"), of("METHOD"));
    }

    private Count of(String type) {
        return counters.getOrDefault(type, Count.NONE);
    }
}
