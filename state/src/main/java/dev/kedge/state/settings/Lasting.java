// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Bounds of a duration, each in the words of its message: a number and {@code ms}, {@code s},
 * {@code minute}, {@code minutes}, {@code h}, {@code day} or {@code days}, or {@code 0}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Lasting {
    /** The shortest that is allowed; empty for none. */
    String min() default "";

    /** The longest that is allowed; empty for none. */
    String max() default "";

    /** All that is allowed is longer; empty for none. */
    String above() default "";
}
