// SPDX-License-Identifier: MIT
/** Readers of test reports: JUnit's XML, TRX, NUnit 3 and xUnit 2, told apart by their root and counted in one way. */
package io.jenkins.plugins.releaseguard.evidence.read.tests;
