// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math.device;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import org.bytedeco.javacpp.Loader;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.api.memory.deallocation.DeallocatorService;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * Loads ND4J, once for each process, with the one backend that was chosen. Nothing of ND4J comes to
 * life before it.
 *
 * <p>ND4J and JavaCPP start threads that never end. Java 17 lets a thread inherit the protection
 * domains of whatever is on the stack that starts it, and with each domain its class loader: on a
 * cluster the classes of the job that was submitted first would stay for as long as the task
 * manager lives. So they are started by a thread of a fork-join pool, which inherits nothing and
 * has nothing but the JDK and ND4J on its stack.
 */
public final class Nd4jLoading {
    /** What the CUDA backend asks for before it begins, and the backend. */
    private static final List<String> CUDA_NATIVES =
            List.of(
                    "org.bytedeco.cuda.global.cudart",
                    "org.bytedeco.cuda.global.cublas",
                    "org.nd4j.linalg.jcublas.bindings.Nd4jCuda");

    private Nd4jLoading() {}

    /** Loads it for the CPU, unless this process has loaded it for a card. */
    public static void ensure() {
        take(Backend.CPU);
    }

    /**
     * Loads it.
     *
     * @return the backend that this process computes with: another than the one that is wanted if
     *     an earlier job has loaded it
     */
    static Backend take(Backend wanted) {
        // One lock for all jobs of a process, each of which has this class anew.
        Object lock = ND4JClassLoading.class;
        synchronized (lock) {
            ND4JClassLoading.setNd4jClassloader(new OneBackend(classes(), wanted));
            try {
                alone(handle(Nd4j.class, "getDeallocatorService", DeallocatorService.class));
            } finally {
                // Not what was there before: that may be the loader of another job.
                ND4JClassLoading.setNd4jClassloader(classes());
            }
        }
        return Nd4j.getBackend().getClass().getName().equals(Backend.CUDA.type())
                ? Backend.CUDA
                : Backend.CPU;
    }

    /** Loads the native side of the CUDA backend, which leaves ND4J unharmed if it fails. */
    static void loadCudaNatives() {
        CUDA_NATIVES.forEach(Nd4jLoading::loadNatives);
    }

    /**
     * Loads a native library of ND4J.
     *
     * @param type the class that binds it
     * @throws LinkageError if it, or what it leans on, is not there
     */
    static void loadNatives(String type) {
        MethodHandle load = handle(Loader.class, "load", String.class, Class.class);
        try {
            // Not begun before the thread that may begin it.
            Class<?> binding = Class.forName(type, false, classes());
            alone(MethodHandles.insertArguments(load, 0, binding));
        } catch (ClassNotFoundException e) {
            throw new NoClassDefFoundError(e.getMessage());
        }
    }

    /** Where ND4J and its backends are: Flink's own class path on a cluster. */
    static ClassLoader classes() {
        return Nd4jBackend.class.getClassLoader();
    }

    private static void alone(MethodHandle what) {
        Callable<?> call = MethodHandleProxies.asInterfaceInstance(Callable.class, what);
        // Where ND4J comes with the job, its threads hold the job's loader whoever starts them, and
        // such a thread would not find it.
        if (classes() == Nd4jLoading.class.getClassLoader()) {
            call(call);
        } else {
            ForkJoinPool pool = new ForkJoinPool(1);
            try {
                pool.submit(call).join();
            } finally {
                pool.shutdown();
            }
        }
    }

    private static void call(Callable<?> what) {
        try {
            what.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle handle(
            Class<?> type, String method, Class<?> result, Class<?>... parameters) {
        try {
            MethodType form = MethodType.methodType(result, parameters);
            return MethodHandles.publicLookup().findStatic(type, method, form);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
