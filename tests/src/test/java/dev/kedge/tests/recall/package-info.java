// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** How well re-uploaded creatives are recognised, on a simulated market whose truth is known. */
package dev.kedge.tests.recall;
