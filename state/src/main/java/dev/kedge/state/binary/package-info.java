// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Versioned, checksummed binary snapshots. */
package dev.kedge.state.binary;
