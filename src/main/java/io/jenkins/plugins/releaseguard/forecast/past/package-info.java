// SPDX-License-Identifier: MIT
/** A service's past as its releases' journals keep it. */
package io.jenkins.plugins.releaseguard.forecast.past;
