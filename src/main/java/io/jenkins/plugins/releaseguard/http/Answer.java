// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import okhttp3.HttpUrl;

/** What came back: where the answer sends us ({@code next}, null where it doesn't), and the answer itself. */
record Answer(HttpUrl next, HttpResult result) {}
