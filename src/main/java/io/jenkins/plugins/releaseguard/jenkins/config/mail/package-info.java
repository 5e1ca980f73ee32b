// SPDX-License-Identifier: MIT
/** Channels by mail, where Jenkins' plugin for mail is there. */
package io.jenkins.plugins.releaseguard.jenkins.config.mail;
