// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.onnx;

/** A frozen encoder that a job cannot use; the message names the field, its value and why. */
public final class EncoderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EncoderException(String field, Object value, String allowed) {
        super(field + ": " + value + " is not allowed; it must be " + allowed);
    }
}
