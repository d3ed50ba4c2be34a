// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Batch methods that the stream's models are measured against. */
package dev.kedge.jobs.laboratory.ads.reference;
