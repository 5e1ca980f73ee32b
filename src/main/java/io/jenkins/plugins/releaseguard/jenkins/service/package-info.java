// SPDX-License-Identifier: MIT
/** Releases in motion, outside of builds and their programs: opened, driven, taken up again after a restart, sealed. */
package io.jenkins.plugins.releaseguard.jenkins.service;
