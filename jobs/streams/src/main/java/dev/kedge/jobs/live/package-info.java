// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** The page of a running job, fed by what the job writes. No part of what runs on a cluster. */
package dev.kedge.jobs.live;
