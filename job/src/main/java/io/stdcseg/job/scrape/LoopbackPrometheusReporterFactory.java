// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.scrape;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.util.PortRange;

/**
 * Factory of {@link LoopbackPrometheusReporter}, with the options of Flink's own: {@code port}, a
 * range such as {@code 9249-9348} in which each process of a machine finds its own.
 */
public final class LoopbackPrometheusReporterFactory implements MetricReporterFactory {

    @Override
    public LoopbackPrometheusReporter createMetricReporter(Properties properties) {
        String ports = properties.getProperty("port", "9249-9348");
        return new LoopbackPrometheusReporter(new PortRange(ports));
    }
}
