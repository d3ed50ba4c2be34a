// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.jobs.ads.alerts.AlertMemory;
import java.util.Optional;

/**
 * Keeps what was told beside the board's memory.
 *
 * @param view where
 */
public record ViewMemory(ScoreView view) implements AlertMemory {
    @Override
    public Optional<byte[]> load() {
        return view.word(ViewKey.ALERTS);
    }

    @Override
    public void save(byte[] state) {
        view.keepWord(ViewKey.ALERTS, state);
    }
}
