// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** A stream of pictures whose classes keep arriving: the demo of the classifier. */
package dev.kedge.connectors.classifier.shapes;
