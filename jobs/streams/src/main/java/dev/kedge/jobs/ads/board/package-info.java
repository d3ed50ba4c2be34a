// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** The page of the ads job: what it has read of creatives, and how it answers. */
package dev.kedge.jobs.ads.board;
