// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** What ad operations look at: the newest scores, the models behind them and the job's health. */
package dev.kedge.jobs.page;
