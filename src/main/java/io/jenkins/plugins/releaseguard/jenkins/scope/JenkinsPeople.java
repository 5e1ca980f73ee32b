// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import hudson.model.User;
import hudson.security.SecurityRealm;
import hudson.security.UserMayOrMayNotExistException2;
import io.jenkins.plugins.releaseguard.evidence.People;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Users and groups as the security realm knows them at the moment that it is asked. */
@Restricted(NoExternalUse.class)
public class JenkinsPeople implements People {
    private static final Logger LOGGER = Logger.getLogger(JenkinsPeople.class.getName());

    private interface Question {
        void ask(SecurityRealm realm);
    }

    /** Where the realm can't tell, whoever has a record here may have logged in. */
    @Override
    public Known user(String name) {
        Known known = exists(name, realm -> realm.loadUserByUsername2(name));
        return known == Known.UNKNOWN && User.getById(name, false) != null ? Known.YES : known;
    }

    /** Everybody who is logged in has the authority that Jenkins itself gives. */
    @Override
    public Known group(String name) {
        return sameGroup(name, SecurityRealm.AUTHENTICATED_AUTHORITY2.getAuthority())
                ? Known.YES
                : exists(name, realm -> realm.loadGroupByGroupname2(name, false));
    }

    private static Known exists(String name, Question question) {
        try {
            question.ask(realm());
            return Known.YES;
        } catch (UserMayOrMayNotExistException2 e) {
            return Known.UNKNOWN;
        } catch (UsernameNotFoundException e) {
            return Known.NO;
        } catch (RuntimeException e) {
            // a directory that doesn't answer
            LOGGER.log(Level.WARNING, e, () -> "The user directory gave no answer about " + name);
            return Known.UNKNOWN;
        }
    }

    @Override
    public boolean sameUser(String a, String b) {
        return realm().getUserIdStrategy().equals(a, b);
    }

    @Override
    public boolean sameGroup(String a, String b) {
        return realm().getGroupIdStrategy().equals(a, b);
    }

    private static SecurityRealm realm() {
        return Jenkins.get().getSecurityRealm();
    }
}
