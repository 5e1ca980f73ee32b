// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

/** Ways in which releases go wrong, each prevented by at least one rule. */
public enum AntiPattern {
    DEPLOY_AND_PRAY("Deploy and pray", "the release is out, and nobody looks whether it works"),
    MANUAL_EVERYTHING("Manual everything", "what people do by hand is forgotten, late or different each time"),
    NO_ROLLBACK_PLAN("No rollback plan", "the way back is thought up while users suffer"),
    ENVIRONMENT_DRIFT("Environment drift", "what was tried in staging is not what runs in production"),
    MISSING_CRITERIA("Missing criteria", "nobody can say what would have stopped the release"),
    UNCLEAR_OWNERSHIP("Unclear ownership", "everyone thought that someone else was looking"),
    CONFIGURATION_SPRAWL("Configuration sprawl", "so many keys that nobody knows which of them count"),
    SECRETS_IN_CODE("Secrets in code", "whoever can read the repository has the key, and it is never renewed"),
    SNOWFLAKE_ENVIRONMENTS("Snowflake environments", "an environment that nobody could build a second time"),
    ENVIRONMENT_SPECIFIC_BUILDS("Environment-specific builds", "production gets a file that was never tried"),
    OVER_PERMISSIONED_ACCESS("Over-permissioned access", "anyone can change production, and nobody knows who did"),
    IRREVERSIBLE_MIGRATION("Irreversible migration", "the old version can't read what the new one wrote"),
    UNTESTED_ROLLBACK("Untested rollback", "the first rehearsal of the way back is the emergency"),
    SILENT_FAILURE("Silent failure", "it breaks, and the first to notice is a customer"),
    BIG_BANG("Big bang", "everyone gets the new version before anyone knows whether it is good"),
    UNOWNED_RISK("Ignored risk", "it was known, and nobody had decided what to do about it"),
    HALF_WRITTEN("Half-written contract", "a guard that looks as if it were there");

    private final String title;
    private final String harm;

    AntiPattern(String title, String harm) {
        this.title = title;
        this.harm = harm;
    }

    public String title() {
        return title;
    }

    /** What happens to those who fall into it. */
    public String harm() {
        return harm;
    }
}
