// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Looking into savepoints and retained checkpoints: which models, how large, what differs. */
package dev.kedge.jobs.state;
