// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/**
 * Simple methods that learn along in the same pass as the net, inside the same model, and how their
 * hazards are mixed with the net's by how well each has foretold so far.
 */
package dev.kedge.operators.ads.experts;
