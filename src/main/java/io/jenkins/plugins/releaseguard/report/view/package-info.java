// SPDX-License-Identifier: MIT
/** Parts of the report as they are shown: texts and positions only, with getters for Jelly and Mustache alike. */
package io.jenkins.plugins.releaseguard.report.view;
