// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import java.util.Locale;

/**
 * How much a job has to carry.
 *
 * @param models how many keys
 * @param size of each model's network
 * @param entries what each model remembers: running creatives, replayed samples, known objects
 */
record Scale(int models, Size size, int entries) {
    /** Sizes of networks. */
    enum Size {
        /** A few thousand parameters. */
        SMALL,
        /** The job's default. */
        MEDIUM,
        /** A hundred thousand parameters and more. */
        LARGE;

        /** As it is named on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Scale withModels(int other) {
        return new Scale(other, size, entries);
    }

    Scale withSize(Size other) {
        return new Scale(models, other, entries);
    }

    Scale withEntries(int other) {
        return new Scale(models, size, other);
    }
}
