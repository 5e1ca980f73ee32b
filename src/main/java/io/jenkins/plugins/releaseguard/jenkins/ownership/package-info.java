// SPDX-License-Identifier: MIT
/** Whose a service is: by configuration or by its first release; nobody else opens a release of it, or is believed about it. */
package io.jenkins.plugins.releaseguard.jenkins.ownership;
