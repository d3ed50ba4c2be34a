// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Plays a history of real creatives through a job and compares what it says with batch rivals. */
package dev.kedge.jobs.laboratory.ads.replay;
