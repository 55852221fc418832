// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.error.InputException;
import io.stdcseg.file.DurableFiles;
import io.stdcseg.store.StorePaths;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Folder of files of lines, each complete when its name appears: {@code
 * PREFIX-000012-1f0c9a3e.jsonl}. The number orders the files of a run, the rest lets no two files
 * ever have one name, so that a published file is known again. An unfinished one is hidden.
 *
 * @param directory absolute path
 * @param prefix of the files' names
 * @param format of new files; earlier ones may have another
 */
public record LinesFolder(String directory, String prefix, LineFormat format)
        implements Serializable {

    /** Of JSON lines. */
    public LinesFolder(String directory, String prefix) {
        this(directory, prefix, LineFormat.JSONL);
    }

    /** The same with new files in another format. */
    public LinesFolder in(LineFormat other) {
        return new LinesFolder(directory, prefix, other);
    }

    /** A name for the next file of a run. */
    public String newName(long number) {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        return String.format(Locale.ROOT, "%s-%06d-%s%s", prefix, number, unique, format.suffix());
    }

    private Path folder() {
        return StorePaths.path(directory);
    }

    /** Where a file lies until it is published. */
    public Path unfinished(String name) {
        return folder().resolve("." + name);
    }

    /**
     * Gives a finished file its name; nothing happens if it has it already.
     *
     * @throws InputException if there is no such file
     */
    public void publish(String name) throws IOException {
        Path target = folder().resolve(name);
        if (Files.exists(target)) {
            return;
        }
        try {
            DurableFiles.move(unfinished(name), target);
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
            // An attempt that is late to learn of its end may have been faster.
            if (!Files.exists(target)) {
                throw new InputException(
                        target
                                + " is gone, which the checkpoint to go on from needs; go on from a"
                                + " later one, or start anew");
            }
        }
    }

    /** All files of lines. */
    public List<Path> all() throws IOException {
        return find(name -> hasSuffix(name) || isUnfinished(name));
    }

    /** Files that were not published, and the run's published ones from a number on. */
    public List<Path> unfinishedAndFrom(long number) throws IOException {
        Pattern ours = Pattern.compile(Pattern.quote(prefix) + "-(\\d+)-[0-9a-f]{8}\\.(jsonl|csv)");
        return find(
                name -> {
                    Matcher matcher = ours.matcher(name);
                    return isUnfinished(name)
                            || (matcher.matches() && Long.parseLong(matcher.group(1)) >= number);
                });
    }

    /** Files that were not published. */
    public List<Path> unfinished() throws IOException {
        return find(LinesFolder::isUnfinished);
    }

    /** Removes files that are still there. */
    public static void remove(List<Path> files) throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private static boolean isUnfinished(String name) {
        return name.startsWith(".") && (name.contains(".jsonl") || name.contains(".csv"));
    }

    private static boolean hasSuffix(String name) {
        return Stream.of(LineFormat.values()).anyMatch(known -> name.endsWith(known.suffix()));
    }

    private List<Path> find(Predicate<String> wanted) throws IOException {
        Path folder = folder();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> wanted.test(file.getFileName().toString())).toList();
        }
    }
}
