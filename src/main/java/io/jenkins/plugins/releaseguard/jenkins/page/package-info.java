// SPDX-License-Identifier: MIT
/** How people meet a release on Jenkins' pages: the report of a build, the operator's buttons, sign-off, the list on the job. */
package io.jenkins.plugins.releaseguard.jenkins.page;
