// SPDX-License-Identifier: MIT
/** How long releases will likely take, computed beside them on a thread of its own: whoever decides waits for none of it. */
package io.jenkins.plugins.releaseguard.jenkins.forecast;
