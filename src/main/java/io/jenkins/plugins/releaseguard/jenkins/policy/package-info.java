// SPDX-License-Identifier: MIT
/** What the controller and folders demand of every release: set up by people, understood here, held by the gate. */
package io.jenkins.plugins.releaseguard.jenkins.policy;
