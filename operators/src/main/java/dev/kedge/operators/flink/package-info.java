// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** The Flink operators. Everything else in this room knows nothing of Flink. */
package dev.kedge.operators.flink;
