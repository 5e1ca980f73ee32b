// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.choice;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.DURATION;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.MAP;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.NUMBER;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.check.Limits;
import io.jenkins.plugins.releaseguard.evidence.check.source.CheckCommand;
import io.jenkins.plugins.releaseguard.evidence.check.source.Fetched;
import io.jenkins.plugins.releaseguard.evidence.check.source.PrintedNumber;
import io.jenkins.plugins.releaseguard.evidence.check.source.StrictJson;
import io.jenkins.plugins.releaseguard.http.HttpCall;
import io.jenkins.plugins.releaseguard.http.HttpResult;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An HTTP call answers as it should, in time, as often as asked. */
public final class HttpCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("http", "An HTTP call answers as it should.")
            .main(text("url", "an address on the administrator's allow-list, without credentials"))
            .fields(
                    text("endpoint", "or the id of an endpoint set up in Jenkins, which knows address and credential"),
                    text("path", "added to the endpoint's address"),
                    choice("method", List.of("GET", "HEAD", "POST", "PUT"), "the HTTP method")
                            .standard("GET"),
                    Field.of("headers", MAP, "request headers, none of them secret"),
                    text("body", "the request's body"),
                    Field.of("status", NUMBER, "the status it must answer with").standard("200"),
                    Field.of("within", DURATION, "the longest time the answer may take"),
                    text("contains", "text that the answer must hold"),
                    text("field", "JSON pointer into the answer"),
                    text("equals", "what stands there"),
                    limit("limit", "or what must hold for the number there"),
                    Field.of("repeat", NUMBER, "how many calls, all of which must pass")
                            .standard("1"))
            .oneOf("url", "endpoint")
            .exclusive("url", "endpoint")
            .exclusive("url", "path");

    private static final String FIX = "look at the service behind the address";
    private static final int MOST = 100;

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Duration maxAge(CheckSpec spec) {
        return Duration.ofMinutes(15);
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context)
            throws IOException, InterruptedException {
        Settings settings = spec.settings();
        String endpoint = settings.text("endpoint");
        if (endpoint.isEmpty() && settings.text("url").isEmpty()) {
            throw new IOException("the check names no url and no endpoint");
        }
        HttpCall call = new HttpCall(
                settings.text("method"),
                endpoint,
                Fetched.address(settings),
                settings.map("headers"),
                settings.has("body") ? settings.text("body") : null,
                CheckCommand.limit(settings));
        double repeat = settings.number("repeat").orElse(1.0);
        if (!(repeat >= 1 && repeat <= MOST)) {
            throw new IOException("repeat is from 1 to " + MOST);
        }
        Finding last = null;
        for (int i = 0; i < repeat; i++) {
            last = judge(
                    context.http().call(call), settings, Finding.now(context).looked(call.toString()));
            if (!last.passed()) {
                return last;
            }
        }
        return last;
    }

    private static Finding judge(HttpResult result, Settings settings, Finding.Builder found) throws IOException {
        found.sha(Sha256.hex(result.body()));
        int wanted = settings.number("status").orElse(200.0).intValue();
        Optional<Duration> within = settings.duration("within");
        found.value("status " + result.status() + " in " + result.took().toMillis() + " ms")
                .limit("status " + wanted
                        + within.map(d -> " within " + d.toMillis() + " ms").orElse(""));
        if (result.status() != wanted) {
            return found.fail("answered " + result.status() + ", not " + wanted, FIX);
        }
        if (within.isPresent() && result.took().compareTo(within.get()) > 0) {
            return found.fail("answered too late", FIX);
        }
        String contains = settings.text("contains");
        if (!contains.isEmpty() && !result.text().contains(contains)) {
            return result.truncated()
                    ? found.unknown(
                            "the answer is longer than is read, and '" + contains + "' isn't in what was",
                            "ask for something shorter")
                    : found.fail("the answer lacks '" + contains + "'", FIX);
        }
        return settings.text("field").isEmpty() && !settings.has("limit") && !settings.has("equals")
                ? found.pass("answers as it should")
                : field(result, settings, found);
    }

    private static Finding field(HttpResult result, Settings settings, Finding.Builder found) throws IOException {
        if (result.truncated()) {
            return found.unknown("the answer is longer than is read", "ask for something shorter");
        }
        JsonNode node =
                StrictJson.at(StrictJson.read(result.text(), "the answer"), settings.text("field"), "the answer");
        String place = settings.text("field");
        Optional<Threshold> limit = settings.threshold("limit");
        if (settings.has("equals")) {
            found.value(node.asText()).limit(settings.text("equals"));
            if (!node.isValueNode() || !node.asText().equals(settings.text("equals"))) {
                return found.fail("'" + place + "' is not what it should be", FIX);
            }
        }
        if (limit.isEmpty()) {
            return settings.has("equals") ? found.pass("answers as it should") : present(node, place, found);
        }
        PrintedNumber number = PrintedNumber.of(node.isValueNode() ? node.asText() : "");
        return new Limits()
                .want("", limit, number.value(), number.unit())
                .conclude(found, "'" + place + "' is within its limit", "'" + place + "' is not within its limit", FIX);
    }

    private static Finding present(JsonNode node, String place, Finding.Builder found) {
        return found.value(node.isValueNode() ? node.asText() : "present").pass("the answer has '" + place + "'");
    }
}
