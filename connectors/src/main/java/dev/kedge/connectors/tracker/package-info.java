// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** Frames with their detections, and tracks, as JSON and on topics. */
package dev.kedge.connectors.tracker;
