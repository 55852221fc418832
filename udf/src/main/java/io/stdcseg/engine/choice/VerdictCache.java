// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import io.stdcseg.file.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cache of what was found out about this machine, in a file of text that other processes read, too.
 * Where it cannot be written, every process finds out for itself.
 */
final class VerdictCache {

    private static final Logger LOG = LoggerFactory.getLogger(VerdictCache.class);

    private final Path file;

    /**
     * @param file need not be there
     */
    VerdictCache(Path file) {
        this.file = file;
    }

    /** Finder of what is not known yet. */
    interface Finder {

        /** Texts by key, to be kept beside those that there are. */
        Map<String, String> find(Map<String, String> known) throws IOException;
    }

    /**
     * All that is known, after {@code finder} has found out the rest. Other processes wait
     * meanwhile: two trials at a time would distort each other.
     */
    Map<String, String> complete(Finder finder) throws IOException {
        Map<String, String> known = read();
        Map<String, String> found = Map.of();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            LOG.info("{} cannot be kept: {}", file, e.getMessage());
            known.putAll(finder.find(known));
            return known;
        }
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel =
                        FileChannel.open(
                                lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            known = read();
            found = finder.find(known);
            known.putAll(found);
            if (!found.isEmpty()) {
                write(known);
            }
        }
        return known;
    }

    /** All that is known. */
    Map<String, String> read() {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (NoSuchFileException e) {
            return new TreeMap<>();
        } catch (IOException | IllegalArgumentException e) {
            LOG.info("{} cannot be read: {}", file, e.getMessage());
        }
        Map<String, String> known = new TreeMap<>();
        properties.forEach((key, text) -> known.put(key.toString(), text.toString()));
        return known;
    }

    private void write(Map<String, String> known) throws IOException {
        Properties properties = new Properties();
        properties.putAll(known);
        AtomicFile.write(file, out -> properties.store(out, "How engines did on this machine"));
    }
}
