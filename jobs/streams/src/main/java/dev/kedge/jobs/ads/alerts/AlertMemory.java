// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.alerts;

import java.util.Optional;

/** Keeps what was told, so that a dashboard that is started again does not tell it again. */
public interface AlertMemory {
    /** Forgets everything. */
    AlertMemory NONE =
            new AlertMemory() {
                @Override
                public Optional<byte[]> load() {
                    return Optional.empty();
                }

                @Override
                public void save(byte[] state) {
                    // Nothing is kept.
                }
            };

    /** What was saved last. */
    Optional<byte[]> load();

    /** Saves it. */
    void save(byte[] state);
}
