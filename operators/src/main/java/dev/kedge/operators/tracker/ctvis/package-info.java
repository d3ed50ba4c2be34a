// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * CTVIS: embeddings of instances learned the way they are used, by contrast with a memory bank, and
 * the online tracker that uses them (Ying et al., ICCV 2023, arXiv 2307.12616; specs/ctvis.md).
 */
package dev.kedge.operators.tracker.ctvis;
