// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** Samples, labels and predictions, as JSON and on topics. */
package dev.kedge.connectors.classifier;
