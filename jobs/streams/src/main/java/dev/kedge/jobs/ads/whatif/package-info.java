// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** What policies would have done to the past, from the score topic. */
package dev.kedge.jobs.ads.whatif;
