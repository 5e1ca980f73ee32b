// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.local;

import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFiles;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/** Several places, the first of which wins where two have the same path: archive, revision, workspace. */
public record LayeredFiles(List<EvidenceFiles> layers) implements EvidenceFiles {
    public LayeredFiles {
        layers = List.copyOf(layers);
    }

    @Override
    public List<EvidenceFile> find(String glob) throws IOException {
        TreeMap<String, EvidenceFile> byPath = new TreeMap<>();
        for (EvidenceFiles layer : layers) {
            layer.find(glob).forEach(file -> byPath.putIfAbsent(file.path(), file));
            if (!byPath.isEmpty() && glob.indexOf('*') < 0 && glob.indexOf('?') < 0) {
                // one path, found: later places can't be asked for nothing, and must not fail it
                break;
            }
        }
        return List.copyOf(byPath.values());
    }
}
