// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** Where a contract was read, on disk and in words. */
class ContractOriginTest {
    private static ContractOrigin read(String json) throws Exception {
        return new ObjectMapper().readValue(json, ContractOrigin.class);
    }

    @Test
    void onDisk() throws Exception {
        ContractOrigin origin = new ContractOrigin(ContractSource.REVISION, "4be1f0c", "");
        String json = new ObjectMapper().writeValueAsString(origin);
        assertThat(json).isEqualTo("{\"source\":\"revision\",\"revision\":\"4be1f0c\"}");
        assertThat(read(json)).isEqualTo(origin);
        assertThat(origin.trusted()).isTrue();
    }

    @Test
    void whatALaterVersionWroteIsNotTrusted() throws Exception {
        ContractOrigin later = read("{\"source\":\"notarised\",\"by\":\"ann\"}");
        assertThat(later.source()).isEqualTo(ContractSource.UNKNOWN);
        assertThat(later.trusted()).isFalse();
        assertThat(read("{}").trusted()).isFalse();
    }

    @Test
    void inWords() {
        assertThat(ContractOrigin.text(null)).isEqualTo("not recorded");
        assertThat(new ContractOrigin(ContractSource.REVISION, "4be1f0c", "the change CR-1 itself is not trusted")
                        .text())
                .isEqualTo(
                        "revision 4be1f0c, which the repository's source trusts; the change CR-1 itself is not trusted");
        assertThat(new ContractOrigin(ContractSource.WORKSPACE, null, null).text())
                .isEqualTo("the workspace, where whatever runs in the build can write it");
    }
}
