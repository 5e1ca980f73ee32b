// SPDX-License-Identifier: MIT
/** The Pipeline steps: come in, attach to a release of the service, hear, end. Nothing of a release runs on a thread of theirs. */
package io.jenkins.plugins.releaseguard.jenkins.step;
