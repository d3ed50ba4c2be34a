// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.operators.math.device.Device;
import dev.kedge.operators.math.device.DeviceChange;
import dev.kedge.operators.math.device.DeviceSettings;
import dev.kedge.operators.math.device.Placement;
import dev.kedge.operators.math.device.StubCards;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.externalresource.ExternalResourceDriver;
import org.apache.flink.api.common.externalresource.ExternalResourceDriverFactory;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.core.plugin.PluginManager;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.externalresource.ExternalResourceInfoProvider;
import org.apache.flink.runtime.externalresource.ExternalResourceUtils;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.util.MockStreamingRuntimeContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskDeviceTest {
    private static final DeviceSettings GPU = new DeviceSettings(Device.GPU, DeviceChange.REFUSED);

    @TempDir private Path folder;

    private record StubCard(int index) implements ExternalResourceInfo, Comparable<StubCard> {
        @Override
        public Optional<String> getProperty(String key) {
            return key.equals("index") ? Optional.of(Integer.toString(index)) : Optional.empty();
        }

        @Override
        public Collection<String> getKeys() {
            return List.of("index");
        }

        @Override
        public int compareTo(StubCard other) {
            return Integer.compare(other.index, index);
        }
    }

    /** Finds as many cards as Flink asks for, the last of four first, as Flink's own might. */
    public static final class StubFactory implements ExternalResourceDriverFactory {
        @Override
        public ExternalResourceDriver createExternalResourceDriver(Configuration config) {
            return amount -> {
                Set<StubCard> cards = new TreeSet<>();
                for (int i = 0; i < amount; i++) {
                    cards.add(new StubCard(3 - i));
                }
                return cards;
            };
        }
    }

    /** A class path with Flink's plug-ins, of which the stub is one. */
    private static final class Plugins implements PluginManager {
        @Override
        public <P> Iterator<P> load(Class<P> service) {
            return List.of(service.cast(new StubFactory())).iterator();
        }
    }

    private static RuntimeContext task(Configuration flink, int subtask) {
        ExternalResourceInfoProvider provider =
                ExternalResourceUtils.createStaticExternalResourceInfoProviderFromConfig(
                        flink, new Plugins());
        MockEnvironment environment =
                new MockEnvironmentBuilder()
                        .setExternalResourceInfoProvider(provider)
                        .setMaxParallelism(8)
                        .setParallelism(8)
                        .setSubtaskIndex(subtask)
                        .build();
        return new MockStreamingRuntimeContext(8, subtask, environment);
    }

    private static Configuration cards(int amount) {
        Configuration flink = new Configuration();
        flink.setString("external-resources", "gpu");
        flink.setString("external-resource.gpu.amount", Integer.toString(amount));
        flink.setString("external-resource.gpu.driver-factory.class", StubFactory.class.getName());
        return flink;
    }

    @Test
    void aTaskTakesTheCardThatFlinkGaveIt() throws IOException {
        StubCards machine = new StubCards(folder, 4);

        Placement placement = TaskDevice.place(GPU, task(cards(1), 5), machine.choice());

        assertThat(machine.taken()).containsExactly(3);
        assertThat(placement.backend()).isEqualTo("cuda-11.6 on NVIDIA A10");
    }

    @Test
    void tasksTakeSeveralCardsInTurn() throws IOException {
        StubCards machine = new StubCards(folder, 4);

        for (int subtask = 0; subtask < 4; subtask++) {
            TaskDevice.place(GPU, task(cards(2), subtask), machine.choice());
        }

        assertThat(machine.taken()).containsExactly(2, 3, 2, 3);
    }

    @Test
    void aTaskThatFlinkGaveNoneTakesTheFirst() throws IOException {
        StubCards machine = new StubCards(folder, 4);

        TaskDevice.place(GPU, task(new Configuration(), 2), machine.choice());

        assertThat(machine.taken()).containsExactly(0);
    }

    @Test
    void theCpuNeedsNoCard() throws IOException {
        StubCards machine = new StubCards(folder, 4);

        assertThat(TaskDevice.place(DeviceSettings.DEFAULT, task(cards(1), 0), machine.choice()))
                .isEqualTo(Placement.CPU);
        assertThat(machine.taken()).isEmpty();
    }

    @Test
    void noRestartFindsACardThatIsNotThere() throws IOException {
        StubCards machine = new StubCards(folder, 2);

        assertThatThrownBy(() -> TaskDevice.place(GPU, task(cards(1), 0), machine.choice()))
                .isInstanceOf(SuppressRestartsException.class)
                .cause()
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessage(
                        "device: gpu is not allowed; it must be cpu or auto here: none of the cards that Flink gave the task can be used: [3]");
    }
}
