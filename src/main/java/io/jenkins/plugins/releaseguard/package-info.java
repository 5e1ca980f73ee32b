/**
 * Release Guard. Each sub-package is one room: contract, evidence, gate, metric, judge, rollout, effect, journal, report,
 * document; only {@code jenkins} knows Jenkins. Dependencies point down (see {@code ArchitectureTest}).
 */
package io.jenkins.plugins.releaseguard;
