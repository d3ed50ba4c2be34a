// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
/**
 * Live models in Flink jobs of your own: a stream of events in; scores, metrics and refused events
 * out. Begin with {@link dev.kedge.operators.flink.api.Learning}.
 */
@PublicApi
package dev.kedge.operators.flink.api;

import dev.kedge.state.api.PublicApi;
