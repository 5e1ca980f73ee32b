// SPDX-License-Identifier: MIT
/** Traffic routers: set the canary's share and tell what is true. */
package io.jenkins.plugins.releaseguard.effect.router;
