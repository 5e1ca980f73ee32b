// SPDX-License-Identifier: MIT
/** Contract, evidence and policy in; go, no-go, conditional or waiting out, with the reasons first. Pure: no clock, no I/O. */
package io.jenkins.plugins.releaseguard.gate;
