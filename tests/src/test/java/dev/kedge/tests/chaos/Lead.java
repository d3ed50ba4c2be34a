// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import dev.kedge.connectors.simulator.RecordPlayer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far who plays a stream may be ahead of who learns from it: further on, the player waits. */
public final class Lead implements RecordPlayer.Progress {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final long most;
    private long learned;
    private boolean ended;

    /**
     * A lead.
     *
     * @param most records
     */
    public Lead(long most) {
        this.most = most;
    }

    /** Hears how many records are learned by now. */
    void learned(long records) {
        lock.lock();
        try {
            learned = Math.max(learned, records);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the player wait no more. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void played(long records, long eventTime) {
        lock.lock();
        try {
            while (!ended && records - learned >= most) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
