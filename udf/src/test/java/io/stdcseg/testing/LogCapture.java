// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Capture of what a class logs, until it is closed. */
public final class LogCapture implements AutoCloseable {

    private final Logger logger;
    private final Lines lines = new Lines();

    public LogCapture(Class<?> of) {
        this.logger = (Logger) LogManager.getLogger(of);
        lines.start();
        logger.addAppender(lines);
    }

    /** Messages in order. */
    public List<String> lines() {
        return lines.texts;
    }

    @Override
    public void close() {
        logger.removeAppender(lines);
    }

    private static final class Lines extends AbstractAppender {

        private final List<String> texts = new CopyOnWriteArrayList<>();

        Lines() {
            super("lines", null, null, false, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            texts.add(event.getMessage().getFormattedMessage());
        }
    }
}
