// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Job files: one YAML file a job, read strictly. */
package dev.kedge.jobs.config;
