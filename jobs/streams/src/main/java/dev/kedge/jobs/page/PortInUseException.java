// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

/** Says that the dashboard cannot have the port it was asked to use. */
public final class PortInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortInUseException(int port, Throwable cause) {
        super(
                "Port "
                        + port
                        + " is in use: choose another for the dashboard (demo: --port, job file:"
                        + " dashboard.port), or 0 for any free port",
                cause);
    }
}
