// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** A Flink job of one's own with Kedge's models in it. It is compiled and run by the tests. */
package dev.kedge.jobs.example;
