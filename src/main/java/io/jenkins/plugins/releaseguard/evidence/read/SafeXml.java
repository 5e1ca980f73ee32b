// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.math.BigDecimal;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * XML as a stream of elements, without document types: nothing is fetched, no entity is expanded. A document type that only
 * names an external file (as JaCoCo and Cobertura write it) is skipped where the format has it; one with declarations inside
 * is refused always.
 */
public final class SafeXml {
    private static final int DEEPEST = 200;

    /** What a reader wants to know; {@code depth} is 1 for the root. */
    public interface Elements {
        void start(String name, int depth, XMLStreamReader attributes) throws FormatException;

        default void end(String name, int depth) throws FormatException {}

        /** A piece of the text of the element that was started last and has not ended; a text may come in several. */
        default void text(XMLStreamReader text) {}
    }

    private SafeXml() {}

    private static XMLInputFactory factory() {
        // the JDK's own: another parser on the class path could not know these limits
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are not read");
        });
        return factory;
    }

    /**
     * Reads all of it.
     *
     * @param doctype whether a document type without declarations is skipped, or refused
     * @throws FormatException it is no XML, in another encoding than it says, or asks for what is refused
     */
    public static void read(InputStream in, boolean doctype, Elements elements) throws IOException {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(in);
            try {
                read(reader, doctype, elements);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException io) {
                throw encoding(io);
            }
            Location at = e.getLocation();
            throw new FormatException(
                    "not well-formed XML" + reason(e),
                    at == null ? 0 : at.getLineNumber(),
                    at == null ? 0 : at.getColumnNumber());
        } catch (RuntimeException e) {
            // the JDK's parser throws some of these for broken encodings
            if (e.getCause() instanceof IOException io) {
                throw encoding(io);
            }
            throw new FormatException("not well-formed XML: " + e.getMessage());
        }
    }

    /** What can't be read for its encoding is the file's fault, and anything else the disk's. */
    private static IOException encoding(IOException e) {
        if (e instanceof UnsupportedEncodingException) {
            return new FormatException("nobody knows the encoding that it says it has: " + e.getMessage());
        }
        if (e instanceof CharConversionException) {
            String why = e.getMessage() == null ? "" : ": " + e.getMessage();
            return new FormatException("it isn't in the encoding that it says it has, or in UTF-8" + why);
        }
        return e;
    }

    private static void read(XMLStreamReader reader, boolean doctype, Elements elements)
            throws XMLStreamException, FormatException {
        int depth = 0;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (++depth > DEEPEST) {
                    throw at(reader, "elements nest deeper than " + DEEPEST);
                }
                elements.start(reader.getLocalName(), depth, reader);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                elements.end(reader.getLocalName(), depth--);
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                elements.text(reader);
            } else if (event == XMLStreamConstants.DTD && declares(reader)) {
                throw at(reader, "a document type with declarations of its own (<!DOCTYPE ... [...]>) is refused");
            } else if (event == XMLStreamConstants.DTD && !doctype) {
                throw at(reader, "a document type (<!DOCTYPE ...>) is refused: this format has none");
            } else if (event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw at(reader, "entities are not read");
            }
        }
    }

    /**
     * Whether anything stands between the brackets of the internal subset; brackets of a quoted address are none. The JDK's
     * parser gives what it skips in pieces, of which only the end is there always.
     */
    private static boolean declares(XMLStreamReader reader) {
        String text = reader.getText() == null ? "" : reader.getText().strip();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && c == '[') {
                return !text.substring(i + 1, Math.max(i + 1, text.lastIndexOf(']')))
                        .isBlank();
            }
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        String inside =
                text.endsWith(">") ? text.substring(0, text.length() - 1).strip() : text;
        return inside.endsWith("]");
    }

    /** The error with the place that is being read. */
    public static FormatException at(XMLStreamReader reader, String message) {
        Location at = reader.getLocation();
        return new FormatException(message, at.getLineNumber(), at.getColumnNumber());
    }

    private static String reason(XMLStreamException e) {
        String message = e.getMessage();
        int text = message == null ? -1 : message.indexOf("Message: ");
        return text < 0 ? "" : ": " + message.substring(text + "Message: ".length());
    }

    /** An attribute; empty where it isn't there. */
    static String text(XMLStreamReader reader, String attribute) {
        String text = reader.getAttributeValue(null, attribute);
        return text == null ? "" : text;
    }

    /** A whole number of an attribute that must be there, of up to nine digits. */
    static int small(XMLStreamReader reader, String attribute) throws FormatException {
        long count = count(reader, attribute);
        if (count < 0 || count > 999_999_999) {
            throw at(reader, attribute + (count < 0 ? " is missing" : " is too large"));
        }
        return (int) count;
    }

    /** A whole number of an attribute; -1 where it isn't there. */
    public static long count(XMLStreamReader reader, String attribute) throws FormatException {
        String text = reader.getAttributeValue(null, attribute);
        if (text == null || text.isBlank()) {
            return -1;
        }
        try {
            // some writers give counts a decimal point
            long count = new BigDecimal(text.strip()).longValueExact();
            if (count >= 0) {
                return count;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // said below
        }
        throw at(reader, attribute + "=\"" + text + "\" is no count");
    }
}
