// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a setting means, in the words of the reference page. Stands in place of its {@code @param}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@Repeatable(Meaning.All.class)
public @interface Meaning {
    /** The text, in Markdown, on one line. */
    String value();

    /**
     * Which setting inside of this one means that here; the setting itself if empty. A record that
     * stands in several files has one text a setting, and other words only where they are needed.
     */
    String at() default "";

    /** Several of them. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface All {
        /** All of a setting. */
        Meaning[] value();
    }
}
