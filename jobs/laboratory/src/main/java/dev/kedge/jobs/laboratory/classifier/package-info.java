// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** The replay laboratory: grids of continual classifiers over streams made of data sets. */
package dev.kedge.jobs.laboratory.classifier;
