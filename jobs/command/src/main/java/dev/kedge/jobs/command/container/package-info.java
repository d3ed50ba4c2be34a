// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/**
 * What a container starts with where its image has no shell: the work of {@code
 * docker-entrypoint.sh} of Flink's image. These classes lie in a jar of their own, beside Flink's.
 */
package dev.kedge.jobs.command.container;
