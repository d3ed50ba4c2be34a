// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

/**
 * What a run left behind.
 *
 * @param parts of all models
 * @param scores by model
 * @param metrics by model
 * @param deadLetters by the place of the original
 */
record Leftover(
        ModelParts parts,
        CommittedRecords scores,
        CommittedRecords metrics,
        CommittedRecords deadLetters) {}
