// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Checkpoints on disk: which are there, whether they are whole, which one to go on from. */
package dev.kedge.jobs.checkpoint;
