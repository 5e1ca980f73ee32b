// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.release;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.evidence.check.source.FilesRead;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.util.Locale;

/** Two builds of one revision, by digest. */
public final class ReproducibleCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("reproducible", "Two builds of one revision give one digest.")
            .fields(
                    text("first", "path of the artifact, or its SHA-256").must(),
                    text("second", "path of the second build's artifact, or its SHA-256")
                            .must());

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        String first = spec.settings().text("first").strip();
        String second = spec.settings().text("second").strip();
        Finding.Builder found = Finding.now(context);
        FilesRead sighting = new FilesRead();
        if (first.isEmpty() || same(first, second)) {
            return found.unknown(
                    "the check compares a thing with itself", "name the artifact of a second build, made elsewhere");
        }
        String one = digest(first, context, sighting);
        String other = digest(second, context, sighting);
        sighting.into(found).value(Sha256.shortened(other)).limit(Sha256.shortened(one));
        return one.equals(other)
                ? found.pass("both builds have the same digest")
                : found.fail(
                        "the builds differ: " + Sha256.shortened(one) + " and " + Sha256.shortened(other),
                        "find what differs (times, paths, order), with diffoscope for one");
    }

    /** Whether both name one file: {@code a.tgz} is {@code ./a.tgz}. */
    private static boolean same(String first, String second) {
        return plain(first).equals(plain(second));
    }

    private static String plain(String name) {
        return name.replace('\\', '/').replaceAll("/(?:\\./)*+/*+", "/").replaceFirst("^(?:\\./)++", "");
    }

    private static String digest(String name, CheckContext context, FilesRead sighting) throws IOException {
        String hex = name.toLowerCase(Locale.ROOT);
        if (hex.matches("[0-9a-f]{64}")) {
            return hex;
        }
        EvidenceFile file = FilesRead.one(context.files(), name);
        if (file.size() == 0) {
            throw new UnavailableException("'" + name + "' is empty", "build it anew: an empty file proves nothing");
        }
        return sighting.digest(file);
    }
}
