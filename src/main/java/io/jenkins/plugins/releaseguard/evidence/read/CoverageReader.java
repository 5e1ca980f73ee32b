// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamReader;

/** Coverage reports in XML: JaCoCo's and Cobertura's (which most other tools write too). */
public final class CoverageReader {
    private CoverageReader() {}

    /** Reads a report; {@code format} is auto, jacoco or cobertura. */
    public static Coverage read(InputStream in, String format) throws IOException {
        Either either = new Either(format);
        SafeXml.read(in, true, either);
        if (either.chosen == null) {
            throw new FormatException("no coverage report");
        }
        try {
            return either.chosen.coverage();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FormatException("the report's figures contradict each other: " + e.getMessage());
        }
    }

    /** A reader of one format. */
    interface Format extends SafeXml.Elements {
        Coverage coverage();
    }

    private static final class Either implements SafeXml.Elements {
        private final String format;
        private Format chosen;

        Either(String format) {
            this.format = format;
        }

        @Override
        public void start(String name, int depth, XMLStreamReader xml) throws FormatException {
            if (depth == 1) {
                chosen = choose(name);
            }
            chosen.start(name, depth, xml);
        }

        @Override
        public void end(String name, int depth) {
            chosen.end(name, depth);
        }

        private Format choose(String root) throws FormatException {
            boolean any = format.isEmpty() || format.equals("auto");
            if (root.equals("report") && (any || format.equals("jacoco"))) {
                return new JacocoReader();
            }
            if (root.equals("coverage") && (any || format.equals("cobertura"))) {
                return new CoberturaReader();
            }
            throw new FormatException(
                    "no " + (any ? "JaCoCo or Cobertura" : format) + " report: the root is <" + root + ">");
        }
    }
}
