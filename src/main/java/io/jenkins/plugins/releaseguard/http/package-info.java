// SPDX-License-Identifier: MIT
/** Calling an HTTP address: the port, its calls and results, which addresses may be called, and OkHttp behind it. */
package io.jenkins.plugins.releaseguard.http;
