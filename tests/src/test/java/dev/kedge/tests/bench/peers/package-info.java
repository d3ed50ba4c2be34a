// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** What others make of the same data in the same run: {@code ./kedge bench peers}. */
package dev.kedge.tests.bench.peers;
