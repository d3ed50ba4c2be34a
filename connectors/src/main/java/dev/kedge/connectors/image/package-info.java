// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Images between their files and the bytes that models read. */
package dev.kedge.connectors.image;
