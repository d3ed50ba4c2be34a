// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterConfigurationTest {
    @Test
    void aClustersProcessesOpenThePackagesThatTheBuildOpensToTests() {
        List<String> ours =
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> flag.startsWith("--add-opens="))
                        .toList();

        assertThat(ClusterConfiguration.OPENED.split(" ")).containsExactlyElementsOf(ours);
    }
}
