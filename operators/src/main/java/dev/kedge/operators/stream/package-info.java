// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** What every stream of Kedge has in common, whatever is learned from it. No Flink here. */
package dev.kedge.operators.stream;
