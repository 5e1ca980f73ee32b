// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.MAP;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.grammar.PersonNames;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.check.source.FilesRead;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every migration forward has one back that does something, or a compensation by name. */
public final class MigrationsCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("migrations", "Every database migration has its way back.")
            .main(text("directory", "folder of the migrations").must())
            .fields(
                    text("up", "pattern of migrations forward").standard("*.up.sql"),
                    text("down", "pattern of migrations back").standard("*.down.sql"),
                    Field.of("compensation", MAP, "for a migration without a way back: what makes good for it"));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        String folder = settings.text("directory").replaceAll("/+$", "");
        MigrationPair pairing = new MigrationPair(settings.text("up"), settings.text("down"));
        TreeMap<String, EvidenceFile> files = new TreeMap<>();
        for (EvidenceFile file : context.files().find(folder + "/**")) {
            files.put(file.path().substring(folder.length() + 1), file);
        }
        Finding.Builder found = Finding.now(context).looked(folder);
        FilesRead sighting = new FilesRead();
        Map<String, String> compensation = settings.map("compensation");
        List<String> lonely = new ArrayList<>();
        int migrations = 0;
        for (Map.Entry<String, EvidenceFile> file : files.entrySet()) {
            Optional<String> down = pairing.down(file.getKey());
            if (down.isEmpty()) {
                continue;
            }
            migrations++;
            sighting.digest(file.getValue());
            boolean back = files.containsKey(down.get()) && does(files.get(down.get()), sighting);
            if (!back && !compensated(file.getKey(), compensation)) {
                lonely.add(file.getKey());
            }
        }
        sighting.into(found).at(context.now()).limit("0 without a way back");
        if (migrations == 0) {
            return found.unknown(
                    "no migration matches '" + settings.text("up") + "' in " + folder,
                    "set directory and up to where the migrations are");
        }
        found.value(lonely.size() + " without a way back");
        return lonely.isEmpty()
                ? found.pass(Quantity.count(migrations, "migration") + ", each with its way back")
                : found.fail(
                        "no way back for " + Lines.some(lonely),
                        "write the migration back, or name under compensation what makes good for it");
    }

    private static boolean compensated(String migration, Map<String, String> compensation) {
        String name = migration.substring(migration.lastIndexOf('/') + 1);
        return compensation.entrySet().stream()
                .filter(c -> !PersonNames.isNothing(c.getValue()))
                .anyMatch(c -> name.equals(c.getKey())
                        || migration.equals(c.getKey())
                        || name.startsWith(c.getKey() + ".")
                        || name.startsWith(c.getKey() + "_"));
    }

    /** Whether a file has more than comments and blanks in it. */
    private static boolean does(EvidenceFile file, FilesRead sighting) throws IOException {
        String text = sighting.read(file, in -> new String(in.readNBytes(1 << 20), StandardCharsets.ISO_8859_1));
        String[] lines = text.replaceAll("(?s)/\\*.*?\\*/", "").split("\\R");
        for (String line : lines) {
            String bare = line.strip();
            if (!bare.isEmpty() && !bare.startsWith("--") && !bare.startsWith("#") && !bare.equals(";")) {
                return true;
            }
        }
        return false;
    }
}
