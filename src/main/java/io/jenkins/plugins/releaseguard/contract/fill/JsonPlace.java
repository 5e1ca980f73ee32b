// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.fill;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import java.io.IOException;
import java.util.regex.Pattern;

/** A request's body: in a body of JSON a value is a part of one string, in any other it is none. */
final class JsonPlace implements PlaceRule {
    private static final int MOST = 65_536;
    /** Ends no escape before it, and stands in no text that somebody writes. */
    private static final String MARK = "zzReleaseGuardzz";

    private static final JsonFactory JSON = new JsonFactory();

    private static final Pattern OTHERS = Pattern.compile("\\$?\\$\\{(?:[A-Za-z_][A-Za-z0-9_.-]*})?");

    @Override
    public Slot slot(String text, int from, int to) throws SyntaxProblem {
        String written = text.substring(from, to);
        String marked = plain(text.substring(0, from)) + MARK + plain(text.substring(to));
        if (text.contains(MARK) || !isInString(marked)) {
            throw new SyntaxProblem(
                    from,
                    written + " stands outside a string of a JSON body, where it could add to what is sent",
                    "send JSON, and put it in the quotes of a value: {\"version\": \"" + written + "\"}");
        }
        return value -> new String(JsonStringEncoder.getInstance().quoteAsString(value));
    }

    private static String plain(String text) {
        return OTHERS.matcher(text).replaceAll("z");
    }

    private static boolean isInString(String text) {
        boolean found = false;
        try (JsonParser parser = JSON.createParser(text)) {
            int values = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                found |= token == JsonToken.VALUE_STRING && parser.getText().contains(MARK);
                values += parser.getParsingContext().inRoot() ? 1 : 0;
            }
            // one value, with nothing behind it
            return found && values == 1;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void check(String text) throws SyntaxProblem {
        Sizes.require(text, MOST, "a body");
    }
}
