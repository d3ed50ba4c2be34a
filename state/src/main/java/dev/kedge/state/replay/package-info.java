// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Replay memories: which samples of a stream are kept, and which of those are shown again. */
package dev.kedge.state.replay;
