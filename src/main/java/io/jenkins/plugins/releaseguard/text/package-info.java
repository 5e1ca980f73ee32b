// SPDX-License-Identifier: MIT
/** What every room needs of texts: digests, bounded lines, quantities with units, lengths of time, globs. Knows no other room. */
package io.jenkins.plugins.releaseguard.text;
