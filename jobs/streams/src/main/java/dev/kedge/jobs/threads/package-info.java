// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** Threads that end with their process. */
package dev.kedge.jobs.threads;
