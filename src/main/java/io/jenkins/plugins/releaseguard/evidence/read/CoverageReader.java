// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamReader;

/**
 * Coverage reports, told apart by what is in them: JaCoCo's, Cobertura's (which most other tools write too) and Clover's
 * XML, and LCOV's tracefiles.
 */
public final class CoverageReader {
    private static final int PEEK = 4096;

    private CoverageReader() {}

    /** Reads a report's figures; {@code format} is auto, jacoco, cobertura, clover or lcov. */
    public static Coverage read(InputStream in, String format) throws IOException {
        return report(in, format, false).whole();
    }

    /** Reads a report, with its units where it is to be united with others. */
    public static CoverageReport report(InputStream in, String format, boolean units) throws IOException {
        try {
            BufferedInputStream peeked = new BufferedInputStream(in);
            boolean any = format.isEmpty() || format.equals("auto");
            byte[] first = first(peeked);
            Charset charset = charset(first);
            if (format.equals("lcov") || any && isLcov(new String(first, charset))) {
                return LcovReader.read(peeked, charset);
            }
            Either either = new Either(format, units);
            SafeXml.read(peeked, true, either);
            if (either.chosen == null) {
                throw new FormatException("no coverage report");
            }
            return either.chosen.report();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FormatException("the report's figures contradict each other: " + e.getMessage());
        }
    }

    private static byte[] first(BufferedInputStream in) throws IOException {
        in.mark(PEEK);
        byte[] first = in.readNBytes(PEEK - 1);
        in.reset();
        return first;
    }

    /** UTF-16 by its byte order mark, or by the zeros beside ASCII: what a shell of Windows writes to a file is often that. */
    private static Charset charset(byte[] first) {
        int a = first.length < 2 ? 1 : first[0] & 0xff;
        int b = first.length < 2 ? 1 : first[1] & 0xff;
        if (a == 0xff && b == 0xfe || a != 0 && b == 0) {
            return StandardCharsets.UTF_16LE;
        }
        return a == 0xfe && b == 0xff || a == 0 && b != 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }

    /** Whether the first thing in it is a record and no XML. */
    private static boolean isLcov(String text) {
        int start = 0;
        while (start < text.length() && (text.charAt(start) <= ' ' || text.charAt(start) == '\uFEFF')) {
            start++;
        }
        return text.startsWith("#", start) || text.startsWith("TN:", start) || text.startsWith("SF:", start);
    }

    /** A reader of one format. */
    interface Format extends SafeXml.Elements {
        CoverageReport report() throws FormatException;
    }

    private static final class Either implements SafeXml.Elements {
        private final String format;
        private final boolean units;
        private Format chosen;

        Either(String format, boolean units) {
            this.format = format;
            this.units = units;
        }

        @Override
        public void start(String name, int depth, XMLStreamReader xml) throws FormatException {
            if (depth == 1) {
                chosen = choose(name, xml);
            }
            chosen.start(name, depth, xml);
        }

        @Override
        public void text(XMLStreamReader text) {
            if (chosen != null) {
                chosen.text(text);
            }
        }

        @Override
        public void end(String name, int depth) throws FormatException {
            chosen.end(name, depth);
        }

        private Format choose(String root, XMLStreamReader xml) throws FormatException {
            boolean any = format.isEmpty() || format.equals("auto");
            if (root.equals("report") && (any || format.equals("jacoco"))) {
                return new JacocoReader(units);
            }
            boolean rate = xml.getAttributeValue(null, "line-rate") != null;
            boolean generated = xml.getAttributeValue(null, "generated") != null;
            if (root.equals("coverage") && rate && (any || format.equals("cobertura"))) {
                return new CoberturaReader();
            }
            if (root.equals("coverage") && generated && (any || format.equals("clover"))) {
                return new CloverReader();
            }
            String wanted = any ? "JaCoCo, Cobertura, Clover or LCOV" : format;
            throw new FormatException(
                    root.equals("coverage") && !rate && !generated
                            ? "no " + wanted + " report: the root has no line-rate and no generated"
                            : "no " + wanted + " report: the root is <" + root + ">");
        }
    }
}
