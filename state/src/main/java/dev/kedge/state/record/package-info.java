// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** Records by their components: whatever writes or reads one is derived from them. */
package dev.kedge.state.record;
