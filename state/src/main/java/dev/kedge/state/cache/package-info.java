// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Live models within a budget of bytes. */
package dev.kedge.state.cache;
