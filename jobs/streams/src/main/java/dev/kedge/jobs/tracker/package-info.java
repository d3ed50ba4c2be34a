// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** The tracker's job: from Kafka to Kafka through one keyed operator, and its page. */
package dev.kedge.jobs.tracker;
