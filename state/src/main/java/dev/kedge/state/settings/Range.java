// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Bounds of a number, or of each number of a list. What has bounds is finite. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {
    /** The smallest that is allowed. */
    double min() default Double.NEGATIVE_INFINITY;

    /** The largest that is allowed. */
    double max() default Double.POSITIVE_INFINITY;

    /** All that is allowed is larger. */
    double above() default Double.NEGATIVE_INFINITY;

    /** All that is allowed is smaller. */
    double below() default Double.POSITIVE_INFINITY;
}
