// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.security.ACL;
import io.jenkins.plugins.releaseguard.evidence.People;
import io.jenkins.plugins.releaseguard.evidence.Signers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Who calls: the user id, never the display name, with the groups of this moment. */
record Person(String id, Set<String> groups, boolean anonymous) {
    static Person current() {
        Authentication authentication = Jenkins.getAuthentication2();
        Set<String> groups = new TreeSet<>();
        authentication.getAuthorities().forEach(authority -> groups.add(authority.getAuthority()));
        return new Person(authentication.getName(), groups, ACL.isAnonymous2(authentication));
    }

    boolean isAny(Set<String> users) {
        return !anonymous && users.stream().anyMatch(user -> user.equalsIgnoreCase(id));
    }

    /** Why it isn't one of those who are named so; null where it is. */
    String against(List<String> names, People people) {
        return anonymous ? Signers.NOT_NAMED : Signers.of(names).against(id, groups, people);
    }
}
