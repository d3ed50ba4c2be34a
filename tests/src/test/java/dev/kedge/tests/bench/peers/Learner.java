// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.peers;

import dev.kedge.tests.bench.peers.Vectors.Vector;

/** Somebody who says of each sample which class it is, and then learns it. */
interface Learner extends AutoCloseable {
    /** Says and learns; whether what was said was right. */
    boolean take(Vector vector);

    @Override
    void close();
}
