// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Rules that look at the board and the job, and whom they tell. */
package dev.kedge.jobs.ads.alerts;
