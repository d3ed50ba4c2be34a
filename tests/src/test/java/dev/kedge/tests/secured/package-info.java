// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Kafka as people have it: encrypted, and with clients that say who they are. */
package dev.kedge.tests.secured;
