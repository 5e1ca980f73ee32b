// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Other plugins may use this type, and it may still change until the first release. What carries neither this nor, in the
 * package {@code jenkins}, {@code @Restricted(Beta.class)} is no API. The engine's own, since it must not know Jenkins' one.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Beta {}
