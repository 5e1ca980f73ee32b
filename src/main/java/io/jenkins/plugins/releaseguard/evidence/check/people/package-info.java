// SPDX-License-Identifier: MIT
/** Checks of what people have said and done: sign-offs, recommendations, reviews, checklists, documents. */
package io.jenkins.plugins.releaseguard.evidence.check.people;
