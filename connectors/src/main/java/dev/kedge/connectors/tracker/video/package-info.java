// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** Videos made of pictures: the demo of the tracker. */
package dev.kedge.connectors.tracker.video;
