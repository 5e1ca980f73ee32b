// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import io.jenkins.plugins.releaseguard.report.Trust;
import io.jenkins.plugins.releaseguard.report.Verification;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;

/** The page's check of a seal: the files among themselves, and with the seal that build.xml keeps. */
final class SealCheck {
    private SealCheck() {}

    static HttpResponse of(Path folder, String expected) {
        if (expected == null) {
            return Responses.refused(409, "There is no seal yet: the release has not ended.");
        }
        Verification found = check(folder, expected);
        return Responses.json(new JSONObject()
                .element("intact", found.intact())
                .element(
                        "message", (found.intact() ? "Intact: " : "Altered: ") + found.message() + "." + shown(found)));
    }

    private static String shown(Verification found) {
        return (found.proven().isEmpty() ? "" : " Proven: " + String.join("; ", found.proven()) + ".")
                + (found.unproven().isEmpty() ? "" : " Not proven: " + String.join("; ", found.unproven()) + ".");
    }

    static Verification check(Path folder, String expected) {
        try {
            return Verification.verify(folder, Trust.inSeal(expected, "the seal that build.xml keeps"));
        } catch (NoSuchFileException e) {
            return altered(Path.of(e.getFile()).getFileName() + " is missing");
        } catch (IOException | RuntimeException e) {
            return altered("the files cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Verification altered(String message) {
        return Verification.altered("", 0, message);
    }
}
