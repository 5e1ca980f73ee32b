// SPDX-License-Identifier: MIT
/** What administrators set up: sources, routers, addresses, channels, freezes, permissions; nearest folder first. */
package io.jenkins.plugins.releaseguard.jenkins.config;
