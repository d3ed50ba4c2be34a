// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Java processes beside a test's own. */
package dev.kedge.tests.process;
