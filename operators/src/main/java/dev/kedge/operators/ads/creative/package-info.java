// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Ad creatives as a stream: what happens to them, and what Kedge says of them. */
package dev.kedge.operators.ads.creative;
