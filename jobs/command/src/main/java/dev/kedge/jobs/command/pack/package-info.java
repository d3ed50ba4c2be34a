// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * What leaves the checkout: the job jar, the libraries beside it, and the archive that runs without
 * Maven.
 */
package dev.kedge.jobs.command.pack;
