// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** The kedge command. */
package dev.kedge.jobs.command;
