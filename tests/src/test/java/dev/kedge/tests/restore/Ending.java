// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import java.util.List;
import java.util.SortedMap;

/**
 * What is left of a run.
 *
 * @param parts every part of every key, a character a byte, by {@code key part}
 * @param scores every score in words, in order, by key
 */
record Ending(SortedMap<String, String> parts, SortedMap<String, List<String>> scores) {}
