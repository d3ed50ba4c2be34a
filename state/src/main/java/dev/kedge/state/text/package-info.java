// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Words and numbers for people: the same on every machine. */
package dev.kedge.state.text;
