// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Text for people: lines of a terminal, messages of errors. */
package dev.kedge.jobs.text;
