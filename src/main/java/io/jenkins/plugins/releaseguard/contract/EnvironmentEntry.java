// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import java.util.List;
import java.util.Map;

/** An environment the release passes through. Fields that the contract leaves out are empty. */
@Beta
public record EnvironmentEntry(
        EntryHead head,
        String name,
        String purpose,
        String url,
        String infrastructure,
        String code,
        String data,
        String refresh,
        Map<String, String> configuration,
        List<SecretRef> secrets,
        Map<String, List<String>> access,
        boolean isProtected)
        implements Entry {
    @Override
    public EntryType type() {
        return EntryType.ENVIRONMENT;
    }
}
