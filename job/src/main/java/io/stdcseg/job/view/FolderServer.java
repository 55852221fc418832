// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.view;

import com.sun.net.httpserver.HttpServer;
import io.stdcseg.error.InputException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Web server of a folder, for browsers on this machine: nobody else reaches it. Each answer has a
 * thread of its own, so that a client that stops reading holds up no other.
 */
public final class FolderServer implements AutoCloseable {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final ServedFolder folder;
    private final HttpServer server;
    private final ExecutorService answers;

    private FolderServer(ServedFolder folder, HttpServer server) {
        this.folder = folder;
        this.server = server;
        this.answers = Executors.newCachedThreadPool(FolderServer::thread);
    }

    /**
     * Starts to serve a folder.
     *
     * @param port 0 for any that is free
     * @throws InputException if there is no such folder or the port is taken
     */
    public static FolderServer start(Path folder, int port) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    "folder "
                            + folder
                            + (Files.exists(folder) ? " is a file" : " does not exist")
                            + "; the --output of a run is allowed");
        }
        ServedFolder served = new ServedFolder(folder);
        FolderServer started = new FolderServer(served, bind(port));
        started.server.createContext("/", new FolderHandler(served));
        started.server.setExecutor(started.answers);
        started.server.start();
        return started;
    }

    private static HttpServer bind(int port) throws IOException {
        try {
            InetAddress loopback = InetAddress.getByAddress(LOOPBACK);
            return HttpServer.create(new InetSocketAddress(loopback, port), 0);
        } catch (BindException e) {
            throw new InputException(
                    "port "
                            + port
                            + " cannot be had ("
                            + e.getMessage()
                            + "); another one is allowed, or 0 for any that is free",
                    e);
        }
    }

    private static Thread thread(Runnable answer) {
        Thread thread = new Thread(answer, "view-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Address of the page that shows most of what is there now. */
    public URI address() {
        String page = folder.bestPage();
        return URI.create(
                "http://127.0.0.1:"
                        + server.getAddress().getPort()
                        + "/"
                        + (page == null ? "" : page));
    }

    @Override
    public void close() {
        server.stop(0);
        answers.shutdownNow();
    }
}
