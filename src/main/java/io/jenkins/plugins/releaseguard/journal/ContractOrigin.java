// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.releaseguard.Beta;

/**
 * Where a release's contract, with all that it includes, was read.
 *
 * @param source the least trusted place that a part of it came from
 * @param revision as the repository names it; empty where it was not read in one
 * @param detail more about it, as a clause; empty for none
 */
@Beta
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ContractOrigin(ContractSource source, String revision, String detail) {
    /** What is said of a release whose record is from a version that didn't note it. */
    public static final String NOT_RECORDED = "not recorded";

    public ContractOrigin {
        source = source == null ? ContractSource.UNKNOWN : source;
        revision = revision == null ? "" : revision;
        detail = detail == null ? "" : detail;
    }

    /** Whether all of it was read in a revision that the source of the repository trusts. */
    public boolean trusted() {
        return source == ContractSource.REVISION;
    }

    /** As it is told to people. */
    public String text() {
        String where =
                switch (source) {
                    case REVISION -> "revision " + revision + ", which the repository's source trusts";
                    case WORKSPACE -> "the workspace, where whatever runs in the build can write it";
                    case PIPELINE -> "text that the Pipeline gave";
                    case UNKNOWN -> "somewhere that this version doesn't know";
                };
        return detail.isBlank() ? where : where + "; " + detail;
    }

    /** The same of one that may not be on record. */
    public static String text(ContractOrigin origin) {
        return origin == null ? NOT_RECORDED : origin.text();
    }
}
