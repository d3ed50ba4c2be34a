// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.operators.math.device.Device;
import dev.kedge.operators.math.device.DeviceChoice;
import dev.kedge.operators.math.device.DeviceSettings;
import dev.kedge.operators.math.device.Placement;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Where a task computes. Flink gives the cards of a task manager to all of its tasks; they take
 * them in turn.
 */
final class TaskDevice {
    /** What Flink's own plug-in for cards goes by, {@code external-resource.gpu.amount}. */
    private static final String RESOURCE = "gpu";

    private static final String INDEX = "index";

    private TaskDevice() {}

    /**
     * Chooses for the task's thread, which calls.
     *
     * @throws SuppressRestartsException if what the job asks for cannot be had here: a restart
     *     would not find it either
     */
    static Placement place(DeviceSettings wish, RuntimeContext task) {
        return place(wish, task, DeviceChoice.ofThisMachine());
    }

    static Placement place(DeviceSettings wish, RuntimeContext task, DeviceChoice choice) {
        try {
            return choice.place(
                    wish, given(wish, task), task.getTaskInfo().getIndexOfThisSubtask());
        } catch (IllegalArgumentException e) {
            throw new SuppressRestartsException(new IllegalConfigurationException(e.getMessage()));
        }
    }

    private static List<Integer> given(DeviceSettings wish, RuntimeContext task) {
        if (wish.device() == Device.CPU) {
            return List.of();
        }
        return task.getExternalResourceInfos(RESOURCE).stream()
                .map(card -> card.getProperty(INDEX))
                .flatMap(Optional::stream)
                .map(Integer::valueOf)
                .sorted()
                .toList();
    }
}
