// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.deallocation.DeallocatorService;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes ND4J's arrays, all of them, so that nothing of ND4J comes to life before it.
 *
 * <p>ND4J and JavaCPP start threads that never end. Java 17 lets a thread inherit the protection
 * domains of whatever is on the stack that starts it, and with each domain its class loader: on a
 * cluster the classes of the job that was submitted first would stay for as long as the task
 * manager lives. So they are started by a thread of a fork-join pool, which inherits nothing and
 * has nothing but the JDK and ND4J on its stack.
 */
final class HostArray {
    static {
        // Where ND4J comes with the job, its threads hold the job's loader whoever starts them, and
        // such a thread would not find it.
        if (Nd4j.class.getClassLoader() != HostArray.class.getClassLoader()) {
            ForkJoinPool pool = new ForkJoinPool(1);
            pool.submit(threads()).join();
            pool.shutdown();
        }
    }

    private HostArray() {}

    /** Starts ND4J's threads, without a frame of ours. */
    private static Callable<?> threads() {
        try {
            return MethodHandleProxies.asInterfaceInstance(
                    Callable.class,
                    MethodHandles.publicLookup()
                            .findStatic(
                                    Nd4j.class,
                                    "getDeallocatorService",
                                    MethodType.methodType(DeallocatorService.class)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An array of zeros, rows after rows. */
    static INDArray of(long... sides) {
        return Nd4j.create(DataType.FLOAT, sides, 'c');
    }
}
