/** The text form of a contract: what it means, written so that reading it gives the same. */
package io.jenkins.plugins.releaseguard.contract.write;
