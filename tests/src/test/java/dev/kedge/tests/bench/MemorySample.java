// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory of this process at a moment, in bytes.
 *
 * @param seconds since the job began
 * @param events learned so far
 * @param resident VmRSS
 * @param heapUsed heap in use
 * @param heapAfterGc heap in use after the last collection of each pool
 * @param nonHeap metaspace and compiled code, committed
 * @param direct direct buffers
 * @param javaCpp native memory that JavaCPP allocated: all of ND4J's
 * @param jvmCommitted what the JVM itself committed, heap included, by native memory tracking; 0 if
 *     that is off
 */
record MemorySample(
        double seconds,
        long events,
        long resident,
        long heapUsed,
        long heapAfterGc,
        long nonHeap,
        long direct,
        long javaCpp,
        long jvmCommitted) {
    private static final Pattern COMMITTED = Pattern.compile("committed=(\\d+)KB");

    static MemorySample now(double seconds, long events) {
        var memory = ManagementFactory.getMemoryMXBean();
        return new MemorySample(
                seconds,
                events,
                1024 * Machine.number(Machine.field("/proc/self/status", "VmRSS")),
                memory.getHeapMemoryUsage().getUsed(),
                afterGc(),
                memory.getNonHeapMemoryUsage().getCommitted(),
                directBuffers(),
                Pointer.totalBytes(),
                committedByJvm());
    }

    /** What is native and not the JVM's: RocksDB, ND4J, and the allocator's own waste. */
    long otherNative() {
        return jvmCommitted == 0 ? 0 : resident - jvmCommitted;
    }

    private static long afterGc() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .flatMap(usage -> Optional.ofNullable(usage).stream())
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }

    private static long directBuffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static long committedByJvm() {
        try {
            Object answer =
                    ManagementFactory.getPlatformMBeanServer()
                            .invoke(
                                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                    "vmNativeMemory",
                                    new Object[] {new String[] {"summary"}},
                                    new String[] {String[].class.getName()});
            Matcher committed = COMMITTED.matcher(answer.toString());
            return committed.find() ? 1024 * Long.parseLong(committed.group(1)) : 0;
        } catch (JMException e) {
            return 0;
        }
    }
}
