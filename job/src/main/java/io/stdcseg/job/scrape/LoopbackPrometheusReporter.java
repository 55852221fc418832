// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.scrape;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import org.apache.flink.metrics.prometheus.AbstractPrometheusReporter;
import org.apache.flink.util.PortRange;

/**
 * Flink's Prometheus reporter, to clients on this machine only: Flink's own listens on every
 * address. Names and labels are the same.
 */
public final class LoopbackPrometheusReporter extends AbstractPrometheusReporter {

    private final HTTPServer server;

    /**
     * Listens on the first port that is free.
     *
     * @throws IllegalStateException if none is
     */
    LoopbackPrometheusReporter(PortRange ports) {
        server = listen(ports);
        log.info("Metrics for Prometheus: http://127.0.0.1:{}/metrics", port());
    }

    private HTTPServer listen(PortRange ports) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        IOException failure = null;
        for (Iterator<Integer> free = ports.getPortsIterator(); free.hasNext(); ) {
            try {
                return new HTTPServer(new InetSocketAddress(loopback, free.next()), registry());
            } catch (IOException e) {
                failure = e;
            }
        }
        throw new IllegalStateException("no port of " + ports + " is free for metrics", failure);
    }

    /** Flink lets its own package alone see what it has collected. */
    private CollectorRegistry registry() {
        try {
            Field registry = AbstractPrometheusReporter.class.getDeclaredField("registry");
            registry.setAccessible(true);
            return (CollectorRegistry) registry.get(this);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Flink's Prometheus reporter is another one", e);
        }
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.stop();
        super.close();
    }
}
