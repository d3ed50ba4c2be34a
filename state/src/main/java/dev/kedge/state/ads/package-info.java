// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** The survival ledger: which creatives run, since when, with what behind them. */
package dev.kedge.state.ads;
