// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** Files of this process: whose they are, and when they go. */
package dev.kedge.jobs.files;
