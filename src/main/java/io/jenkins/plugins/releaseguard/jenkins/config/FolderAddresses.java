// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.http.AllowedAddresses;
import io.jenkins.plugins.releaseguard.text.Glob;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import okhttp3.HttpUrl;

/**
 * The administrator's list of where set-ups of folders may call: {@code http} and {@code https} addresses with all below them, and
 * patterns of {@code host:port}. An empty list limits nothing; on one that isn't, what can't be told is not.
 */
final class FolderAddresses {
    private static final Pattern HOST_AND_PORT = Pattern.compile("[\\w.*:\\[\\]-]+:(\\d{1,5}|\\*)");

    private FolderAddresses() {}

    static List<String> lines(String text) {
        return text == null
                ? List.of()
                : text.lines().map(String::trim).filter(line -> !line.isEmpty()).toList();
    }

    /** Whether a line can mean anything; one that can't allows nothing. */
    static boolean valid(String line) {
        return HttpUrl.parse(line) != null
                || !line.contains("//") && HOST_AND_PORT.matcher(line).matches();
    }

    /**
     * What is against a set-up in its place; empty where nothing is. Addresses that are secret aren't quoted.
     *
     * @param context where it is set up
     */
    static Optional<String> objection(BoundSetup<?> setup, ItemGroup<?> context) {
        List<String> allowed = lines(ReleaseGuardConfiguration.get().getFolderAddresses());
        if (context == Jenkins.get() || allowed.isEmpty()) {
            return Optional.empty();
        }
        Optional<List<String>> addresses;
        try {
            addresses = setup.addresses(context);
        } catch (IllegalStateException e) {
            // whoever connects is told
            return Optional.empty();
        }
        String list = "the administrator's list of addresses that folders may have";
        if (addresses.isEmpty()) {
            return Optional.of("doesn't say where it calls, so that it is not on " + list);
        }
        return addresses.get().stream().allMatch(address -> covered(allowed, address))
                ? Optional.empty()
                : Optional.of("calls where it may not: its address is not on " + list);
    }

    private static boolean covered(List<String> allowed, String address) {
        if (HttpUrl.parse(address) != null) {
            return new AllowedAddresses(allowed.stream()
                            .filter(line -> HttpUrl.parse(line) != null)
                            .toList())
                    .covers(address);
        }
        String name = address.toLowerCase(Locale.ROOT);
        return allowed.stream()
                .filter(line -> HttpUrl.parse(line) == null && valid(line))
                .anyMatch(line -> Glob.matchesText(line.toLowerCase(Locale.ROOT), name));
    }
}
