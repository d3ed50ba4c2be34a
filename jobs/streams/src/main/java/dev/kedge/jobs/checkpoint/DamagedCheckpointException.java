// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import com.google.errorprone.annotations.FormatMethod;
import dev.kedge.state.text.Text;

/** A checkpoint or savepoint cannot be used. The message says why and not which. */
public final class DamagedCheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says why, in one line. */
    DamagedCheckpointException(String reason) {
        super(reason);
    }

    /** Says why, in one line, with values in it as {@link Text#format} puts them. */
    @FormatMethod
    static DamagedCheckpointException of(String form, Object... values) {
        return new DamagedCheckpointException(Text.format(form, values));
    }
}
