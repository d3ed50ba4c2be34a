// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** Threads that end with their process, and what is said from one to another. */
package dev.kedge.jobs.threads;
