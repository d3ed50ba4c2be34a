// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** The creative memory: recognises a creative that was re-uploaded, cropped or reworded. */
package dev.kedge.operators.ads.recall;
