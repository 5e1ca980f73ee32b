// SPDX-License-Identifier: MIT
/** What a number must hold to, for every check; the checks themselves stand in rooms by what they look at. */
package io.jenkins.plugins.releaseguard.evidence.check;
