// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Room "jobs" of the tower. */
package dev.kedge.jobs;
