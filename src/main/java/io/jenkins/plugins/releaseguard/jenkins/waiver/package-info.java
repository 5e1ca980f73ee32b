// SPDX-License-Identifier: MIT
/** Waivers that people gave at gates: where they are kept for the next build of the same service and environment. */
package io.jenkins.plugins.releaseguard.jenkins.waiver;
