// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/** The container image: Flink with Kedge's two parts in it, made without a daemon. */
package dev.kedge.jobs.command.image;
