// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Place among those on this host that share its GPUs: the lowest number that nobody else has. A
 * file is locked for it, which the system unlocks when the process ends, however it does.
 *
 * @param number from 0
 * @param mark that this process has it, for others in it
 */
record HostPlace(int number, String mark, FileChannel held) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostPlace.class);

    private static final int MOST = 1000;

    /** Takes a place among the processes of this user, or a number of its own if that fails. */
    static HostPlace take() {
        String user = System.getProperty("user.name", "").replaceAll("\\W", "_");
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "stdcseg-places-" + user);
        try {
            return take(Files.createDirectories(folder));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("no file can be locked in {}", folder, e);
            return alone((int) (ProcessHandle.current().pid() % MOST));
        }
    }

    /** A place that nobody else asks for. */
    static HostPlace alone(int number) {
        return new HostPlace(number, null, null);
    }

    /** Takes a place among those who lock files in a folder. */
    static HostPlace take(Path folder) throws IOException {
        for (int number = 0; number < MOST; number++) {
            Path path = folder.resolve(number + ".lock").toAbsolutePath();
            // Closing a file drops the locks that this process has on it, whoever took them: what
            // another job here holds, perhaps of another class loader, must not be opened at all.
            String mark = "io.stdcseg.place " + path;
            if (System.getProperties().putIfAbsent(mark, "taken") == null) {
                FileChannel file = lock(path, mark);
                if (file != null) {
                    return new HostPlace(number, mark, file);
                }
            }
        }
        throw new IOException("all " + MOST + " places are taken");
    }

    /** Null, and no mark, if another process has it. */
    private static FileChannel lock(Path path, String mark) throws IOException {
        FileChannel file = null;
        boolean locked = false;
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = file.tryLock() != null;
            return locked ? file : null;
        } finally {
            if (!locked) {
                System.getProperties().remove(mark);
                if (file != null) {
                    file.close();
                }
            }
        }
    }

    /** Leaves the place to others. */
    @Override
    public void close() {
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                LOG.debug("a lock goes when the process ends", e);
            }
            System.getProperties().remove(mark);
        }
    }
}
