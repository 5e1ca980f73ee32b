// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.security.ACL;
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

    boolean isOneOf(List<String> names) {
        return !anonymous && names.stream().anyMatch(name -> name.equals(id) || groups.contains(name));
    }
}
