// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Reading the topics that a job writes. */
package dev.kedge.jobs.feed;
