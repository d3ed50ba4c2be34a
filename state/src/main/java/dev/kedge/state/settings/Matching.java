// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The form of a text, or of the text of a value. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Matching {
    /** Of a text that is not blank. */
    String NOT_BLANK = "(?s).*\\S.*";

    /** What a folder or a file may be called anywhere. */
    String NAME = "[a-zA-Z0-9._-]{1,100}";

    /** The same in words. */
    String NAME_ALLOWED = "letters, digits, . _ - (1 to 100)";

    /** The regular expression that the whole text matches. */
    String value();

    /** What is allowed, after "it must be". */
    String allowed();
}
