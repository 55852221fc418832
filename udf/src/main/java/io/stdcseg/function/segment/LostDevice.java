// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.engine.SpoiledDeviceError;
import java.util.regex.Pattern;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a task does when its process has lost its GPU. A task manager has to end: every later job of
 * it would fail, too. It ends as Flink ends one after a fatal error of the JVM, and whoever started
 * it starts another. Any other process, such as that of the command line, has its job fail for
 * good.
 */
final class LostDevice {

    private static final Logger LOG = LoggerFactory.getLogger(LostDevice.class);

    /** Of all resource managers: {@code TaskManagerRunner}, {@code YarnTaskExecutorRunner}. */
    private static final Pattern TASK_MANAGER =
            Pattern.compile("org\\.apache\\.flink\\.\\S*Task(Manager|Executor)Runner(\\s.*)?");

    /** The process's main class and arguments. */
    private static final String COMMAND = "sun.java.command";

    /** Flink's after fatal errors. */
    private static final int EXIT_CODE = -1;

    private LostDevice() {}

    /** The exception to fail with; does not return in a task manager. */
    static SuppressRestartsException failure(SpoiledDeviceError error) {
        if (!isTaskManager(System.getProperty(COMMAND, ""))) {
            return new SuppressRestartsException(error);
        }
        try {
            LOG.error("{}; this TaskManager ends", error.getMessage(), error);
        } finally {
            // Not by an InternalError, which Flink sees in the task's own thread alone.
            Runtime.getRuntime().halt(EXIT_CODE);
        }
        throw new IllegalStateException("halted", error);
    }

    static boolean isTaskManager(String command) {
        return TASK_MANAGER.matcher(command).matches();
    }
}
