// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.install;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.autoscaler.config.AutoScalerOptions;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalResourceOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** Keys that Flink knows. Any other would be ignored in silence. */
final class FlinkKeys {

    private static final List<Class<?>> OPTIONS =
            List.of(
                    AutoScalerOptions.class,
                    BlobServerOptions.class,
                    CheckpointingOptions.class,
                    CoreOptions.class,
                    ExternalResourceOptions.class,
                    HighAvailabilityOptions.class,
                    JobManagerOptions.class,
                    NettyShuffleEnvironmentOptions.class,
                    RestOptions.class,
                    SecurityOptions.class,
                    TaskManagerOptions.class,
                    WebOptions.class);

    /** With names of the user's inside, so that they are no option's. */
    private static final List<String> NAMED =
            List.of(
                    // PrometheusReporter: its factory, then what the factory reads
                    "metrics.reporter.prom.factory.class",
                    "metrics.reporter.prom.port",
                    "metrics.reporter.prom.filterLabelValueCharacters",
                    // ExternalResourceOptions, and KubernetesConfigOptions of flink-kubernetes
                    "external-resource.gpu.amount",
                    "external-resource.gpu.kubernetes.config-key");

    private FlinkKeys() {}

    static Set<String> all() throws IllegalAccessException {
        Set<String> known = new HashSet<>(NAMED);
        for (Class<?> options : OPTIONS) {
            for (Field field : options.getFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        && field.get(null) instanceof ConfigOption<?> option) {
                    known.add(option.key());
                }
            }
        }
        return known;
    }
}
