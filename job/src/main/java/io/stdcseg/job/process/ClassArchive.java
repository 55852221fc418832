// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archive for class data sharing (CDS): the classes of a job that has run, from which Java has them
 * again in a fraction of the time that loading and verifying them takes. {@code scripts/stdc} says
 * whether one is due.
 */
public final class ClassArchive {

    /** Names the file to write; set in a JVM that keeps notes for it. */
    private static final String FILE = "stdc.class.archive";

    /** A few times what it takes: where it does not fit Java ends with an error. */
    private static final long LEAST_SPACE = 256L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);

    private ClassArchive() {}

    /** Writes the archive if one is due, complete or not at all. Without it jobs start slower. */
    public static void writeIfDue() {
        String file = System.getProperty(FILE);
        if (file == null) {
            return;
        }
        Path archive = Path.of(file).toAbsolutePath();
        // Java ends on an archive that is cut short. Two processes may write at once.
        Path unfinished = Path.of(archive + "." + ProcessHandle.current().pid());
        try {
            if (Files.getFileStore(archive.getParent()).getUsableSpace() < LEAST_SPACE) {
                LOG.info("{} is not written: its disk is nearly full", archive);
                return;
            }
            dump(unfinished);
            Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
        } catch (JMException | IOException | RuntimeException e) {
            LOG.info("{} is not written", file, e);
        }
    }

    /** What {@code jcmd PID VM.cds dynamic_dump FILE} does. */
    private static void dump(Path file) throws JMException {
        PrintStream out = System.out;
        // Java says there that it did.
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmCds",
                            new Object[] {
                                new String[] {"dynamic_dump", '"' + file.toString() + '"'}
                            },
                            new String[] {String[].class.getName()});
        } finally {
            System.setOut(out);
        }
    }
}
