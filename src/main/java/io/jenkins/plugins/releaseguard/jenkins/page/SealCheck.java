// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import io.jenkins.plugins.releaseguard.report.ReportFiles;
import io.jenkins.plugins.releaseguard.report.ReportJson;
import io.jenkins.plugins.releaseguard.report.Verification;
import java.io.IOException;
import java.nio.file.Files;
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
                .element("message", (found.intact() ? "Intact: " : "Altered: ") + found.message() + "."));
    }

    static Verification check(Path folder, String expected) {
        try {
            Verification found = Verification.verify(folder);
            if (!found.intact()) {
                return found;
            }
            String seal = ReportJson.read(Files.readString(folder.resolve(ReportFiles.JSON)))
                    .seal()
                    .sha256();
            return expected.equals(seal)
                    ? found
                    : altered(ReportFiles.JSON + " is sealed with " + seal + ", but build.xml keeps " + expected);
        } catch (NoSuchFileException e) {
            return altered(Path.of(e.getFile()).getFileName() + " is missing");
        } catch (IOException | RuntimeException e) {
            return altered("the files cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Verification altered(String message) {
        return new Verification(false, "", 0, message);
    }
}
