// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import java.util.List;
import java.util.stream.Stream;

/**
 * A table that a reader takes away.
 *
 * @param name of the file, without its ending
 * @param head the columns
 * @param rows their cells: texts, whole numbers, numbers, and {@code ""} for nothing; made while
 *     they are written
 */
public record CsvTable(String name, List<String> head, Stream<List<Object>> rows) {}
