// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

/** One release of a build: {@code verdict} and {@code seal} are null while it goes on. */
public final class ReleaseRef {
    private final String id;
    private final String service;
    private final String environment;
    private final String verdict;
    private final String seal;

    ReleaseRef(String id, String service, String environment, String verdict, String seal) {
        this.id = id;
        this.service = service;
        this.environment = environment;
        this.verdict = verdict;
        this.seal = seal;
    }

    public String getId() {
        return id;
    }

    public String getService() {
        return service;
    }

    public String getEnvironment() {
        return environment;
    }

    public String getVerdict() {
        return verdict;
    }

    public String getSeal() {
        return seal;
    }
}
