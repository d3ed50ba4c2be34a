// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

/** A backend of ND4J. */
enum Backend {
    CPU("cpu", "org.nd4j.linalg.cpu.nativecpu.CpuBackend"),
    CUDA("cuda-11.6", "org.nd4j.linalg.jcublas.JCublasBackend");

    private final String word;
    private final String type;

    Backend(String word, String type) {
        this.word = word;
        this.type = type;
    }

    /** What ND4J's own class for it is called. */
    String type() {
        return type;
    }

    /** Whether the class path has it. */
    boolean isIn(ClassLoader classes) {
        return classes.getResource(type.replace('.', '/') + ".class") != null;
    }

    /** What models are told that they compute on. */
    String on(Card card) {
        return word + " on " + card.name();
    }

    @Override
    public String toString() {
        return word;
    }
}
