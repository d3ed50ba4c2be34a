// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.state.api.PublicApi;
import java.io.Serializable;
import org.apache.flink.util.OutputTag;

/**
 * A side output for answers of one type beside scores and metrics.
 *
 * @param type type of the answers
 * @param tag the side output
 * @param <T> type of the answers
 */
@PublicApi
public record SideOutput<T>(Class<T> type, OutputTag<T> tag) implements Serializable {}
