// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/**
 * What all kinds of experiments share: how a file's kind is known, how runs are run, and how their
 * results become tables and charts. A new kind is a class, an {@link
 * dev.kedge.jobs.laboratory.ExperimentKind}, and a line in the command's list of kinds.
 */
package dev.kedge.jobs.laboratory;
