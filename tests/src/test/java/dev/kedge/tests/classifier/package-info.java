// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** The classifier's job as a whole. */
package dev.kedge.tests.classifier;
