// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * Frozen encoders that a user brings as ONNX files: texts and thumbnails of creatives become a part
 * of their ready embedding before any model sees them. Nothing here learns.
 */
package dev.kedge.connectors.onnx;
