// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.decisions;

import java.util.Optional;

/**
 * What holds of a creative now by what people decided.
 *
 * @param decision the newest decision to stop, keep or snooze that was not taken back and is not
 *     over, of the spell that was asked about
 * @param notes how many notes there are that were not taken back
 */
public record Standing(Optional<Decision> decision, int notes) {
    /** Nobody said anything. */
    public static final Standing NONE = new Standing(Optional.empty(), 0);

    /** Whether a person has dealt with it. */
    public boolean settled() {
        return decision.isPresent();
    }
}
