// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** The job of ad-creative discontinuation: from Kafka to Kafka through one keyed operator. */
package dev.kedge.jobs.ads;
