// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Who may sign off, override the gate, and operate a release in motion. All three are given on an item. */
@Restricted(NoExternalUse.class)
public final class ReleaseGuardPermissions {
    public static final PermissionGroup GROUP =
            new PermissionGroup(ReleaseGuardPermissions.class, Messages._ReleaseGuardPermissions_Group());

    private static final PermissionScope[] SCOPES = {
        PermissionScope.RUN, PermissionScope.ITEM, PermissionScope.ITEM_GROUP
    };

    /** Approve or refuse where the contract names the person or one of its groups. */
    public static final Permission SIGN_OFF =
            new Permission(GROUP, "SignOff", Messages._ReleaseGuardPermissions_SignOff(), Item.BUILD, true, SCOPES);

    /** Let a release start in spite of the gate, with a reason. */
    public static final Permission OVERRIDE = new Permission(
            GROUP, "Override", Messages._ReleaseGuardPermissions_Override(), Jenkins.ADMINISTER, true, SCOPES);

    /** Pause, resume, promote, abort and roll back a release. */
    public static final Permission OPERATE =
            new Permission(GROUP, "Operate", Messages._ReleaseGuardPermissions_Operate(), Item.CONFIGURE, true, SCOPES);

    private ReleaseGuardPermissions() {}

    /** Permissions exist once their class is loaded; authorization strategies read them early. */
    @Initializer(before = InitMilestone.EXTENSIONS_AUGMENTED)
    public static void load() {
        // that this is called has loaded the class
    }
}
