// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Named parts: what is written and read back on its own. */
package dev.kedge.state.part;
