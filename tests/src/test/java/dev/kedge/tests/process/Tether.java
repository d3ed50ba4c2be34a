// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.process;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Ties a process to the one that started it, which holds the other end of its standard input: when
 * that is gone, however it went, so is the process.
 */
public final class Tether {
    private Tether() {}

    /** Ties this process. */
    public static void tie() {
        Thread tether = new Thread(Tether::haltAtEndOfInput, "tether");
        tether.setDaemon(true);
        tether.start();
    }

    private static void haltAtEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The end as well.
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(1);
    }
}
