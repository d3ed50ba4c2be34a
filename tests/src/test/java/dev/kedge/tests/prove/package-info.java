// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/**
 * Jobs on a Flink cluster that is added to, taken from and killed: what they leave, and what they
 * cost it.
 */
package dev.kedge.tests.prove;
