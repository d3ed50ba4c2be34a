// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * The job of continual classification: from Kafka to Kafka through one keyed operator, and its
 * page.
 */
package dev.kedge.jobs.classifier;
