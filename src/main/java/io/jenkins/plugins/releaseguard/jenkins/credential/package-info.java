// SPDX-License-Identifier: MIT
/** Credentials by id, and the drop-downs that offer them. */
package io.jenkins.plugins.releaseguard.jenkins.credential;
