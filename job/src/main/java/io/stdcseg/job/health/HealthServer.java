// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stdcseg.error.InputException;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Web server for probes: 200 with a line for each job while all is well, 503 where a job makes no
 * progress, keeps restarting, or the cluster does not answer. At {@code /live} the same but for
 * jobs that keep restarting, which a new start of the cluster would not mend.
 */
public final class HealthServer implements AutoCloseable {

    private final HealthCheck check;
    private final HttpServer server;

    private HealthServer(HealthCheck check, HttpServer server) {
        this.check = check;
        this.server = server;
    }

    /**
     * Starts to answer.
     *
     * @param address of this machine; port 0 for any that is free
     * @throws InputException if the address is not this machine's, or the port is taken
     */
    public static HealthServer start(HealthCheck check, InetSocketAddress address)
            throws IOException {
        if (address.isUnresolved()) {
            throw new InputException(
                    "--host " + address.getHostString() + ": no machine is known by that name");
        }
        try {
            HealthServer started = new HealthServer(check, HttpServer.create(address, 0));
            started.server.createContext(
                    "/", exchange -> started.answer(exchange, JobHealth::isHealthy));
            started.server.createContext(
                    "/live", exchange -> started.answer(exchange, JobHealth::isAlive));
            started.server.start();
            return started;
        } catch (BindException e) {
            throw new InputException(
                    "port "
                            + address.getPort()
                            + " of "
                            + address.getHostString()
                            + " cannot be had ("
                            + e.getMessage()
                            + "); another is allowed",
                    e);
        }
    }

    private void answer(HttpExchange exchange, Predicate<JobHealth> well) throws IOException {
        try (exchange) {
            boolean healthy;
            String text;
            try {
                List<JobHealth> jobs = check.jobs();
                healthy = jobs.stream().allMatch(well);
                text = jobs.stream().map(job -> job + "\n").collect(Collectors.joining());
            } catch (IOException e) {
                healthy = false;
                text = e.getMessage() + "\n";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            byte[] body = text.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(healthy ? 200 : 503, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** Where it answers. */
    public String address() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().getHostAddress();
        return "http://"
                + (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host)
                + ":"
                + address.getPort()
                + "/";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
