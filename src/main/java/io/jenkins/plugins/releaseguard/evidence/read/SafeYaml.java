// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** YAML as maps, lists and scalars; few aliases, bounded depth, no types of its own, no key twice. */
public final class SafeYaml {
    private SafeYaml() {}

    /** Every document of the text. */
    public static List<Object> documents(String text) throws FormatException {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(20);
        options.setNestingDepthLimit(50);
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        options.setCodePointLimit(8 << 20);
        try {
            List<Object> documents = new ArrayList<>();
            new Yaml(new SafeConstructor(options)).loadAll(text).forEach(documents::add);
            return documents;
        } catch (MarkedYAMLException e) {
            throw new FormatException(
                    "not readable as YAML: " + e.getProblem(),
                    e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1,
                    e.getProblemMark() == null ? 0 : e.getProblemMark().getColumn() + 1);
        } catch (YAMLException | StackOverflowError | ClassCastException e) {
            throw new FormatException("not readable as YAML: " + e.getMessage());
        }
    }
}
