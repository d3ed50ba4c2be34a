// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import org.nd4j.common.io.ClassPathResource;
import org.nd4j.common.io.Resource;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4jBackend;

/** A backend that goes before all others and says whenever it is asked, as that of CUDA does. */
public final class LoudBackend extends Nd4jBackend {
    static final String WORD = "the loud backend was asked";

    @Override
    @SuppressWarnings("SystemOut") // the test reads it
    public boolean isAvailable() {
        System.out.println(WORD);
        return false;
    }

    @Override
    public boolean canRun() {
        return false;
    }

    @Override
    public boolean allowsOrder() {
        return false;
    }

    @Override
    public int getPriority() {
        return 1_000_000;
    }

    @Override
    public Resource getConfigurationResource() {
        return new ClassPathResource("none");
    }

    @Override
    @SuppressWarnings("rawtypes") // ND4J's signature
    public Class getNDArrayClass() {
        return Object.class;
    }

    @Override
    public Environment getEnvironment() {
        throw new IllegalStateException("not available");
    }

    @Override
    public String buildInfo() {
        return "";
    }

    @Override
    public void logBackendInit() {}
}
