// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * What people decide of creatives: written to a topic, and read back from it as the audit trail.
 */
package dev.kedge.jobs.ads.decisions;
