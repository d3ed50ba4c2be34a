// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Binding to Flink keyed state, and type serializers. */
package dev.kedge.state.flink;
