// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Encoders: from a batch of inputs to embeddings, and back. */
package dev.kedge.operators.encoder;
