// SPDX-License-Identifier: MIT
/** Everything that a contract may name, put together: checks, actions, and the reader and lint that go by them. */
package io.jenkins.plugins.releaseguard.catalog;
