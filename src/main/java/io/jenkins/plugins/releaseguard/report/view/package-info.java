// SPDX-License-Identifier: MIT
/**
 * The report as it is shown: every number as text and every verdict with its tone, as parts with getters for Jelly and Mustache
 * alike, as Markdown and as a stand-alone page. It knows the report; the report doesn't know it.
 */
package io.jenkins.plugins.releaseguard.report.view;
