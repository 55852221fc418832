// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import io.stdcseg.engine.choice.Verdict.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Process of a {@link Trial} for some candidates, started again for those that are left when one
 * has ended it.
 */
final class TrialProcess {

    /** What a JVM writes first into the file about its end: a signal, and where. */
    private static final Pattern SIGNAL = Pattern.compile("# +(SIG[A-Z]+|EXCEPTION_[A-Z_]+)");

    private static final Pattern LIBRARY = Pattern.compile("# C +\\[([^+\\]]+)");

    private final Duration patience;
    private final Map<String, Candidate> left = new LinkedHashMap<>();
    private final Map<Candidate, Verdict> verdicts = new LinkedHashMap<>();

    private TrialProcess(Duration patience) {
        this.patience = patience;
    }

    /**
     * Verdicts on candidates.
     *
     * @param patience with one candidate, after which it counts as hung
     * @throws IOException if no process can be started
     */
    static Map<Candidate, Verdict> judge(Collection<Candidate> candidates, Duration patience)
            throws IOException {
        TrialProcess trial = new TrialProcess(patience);
        candidates.forEach(candidate -> trial.left.put(candidate.argument(), candidate));
        while (!trial.left.isEmpty()) {
            Verdict end = trial.run();
            // They come in order: the first that got no verdict has ended the process.
            trial.left.keySet().stream().findFirst().ifPresent(one -> trial.settle(one, end));
        }
        return trial.verdicts;
    }

    private void settle(String argument, Verdict verdict) {
        Candidate candidate = left.remove(argument);
        if (candidate != null) {
            verdicts.put(candidate, verdict);
        }
    }

    /** Runs a process and says how it ended, which counts for the candidate that was at it. */
    private Verdict run() throws IOException {
        Path folder = Files.createTempDirectory("stdcseg-trial");
        try {
            List<String> command =
                    TrialCommand.of(left.values(), folder, List.copyOf(left.keySet()));
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            boolean hung = listen(process);
            return hung
                    ? Verdict.failed(
                            Outcome.HUNG, "gave no answer within " + patience.toSeconds() + " s")
                    : Verdict.failed(
                            Outcome.CRASHED,
                            cause(folder.resolve(TrialCommand.CRASH), process.waitFor()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while engines were tried");
        } finally {
            delete(folder);
        }
    }

    /** A folder of files and links, without what links lead to. */
    private static void delete(Path folder) throws IOException {
        List<Path> entries;
        try (Stream<Path> files = Files.list(folder)) {
            entries = files.toList();
        }
        for (Path entry : entries) {
            Files.deleteIfExists(entry);
        }
        Files.deleteIfExists(folder);
    }

    /** Reads what a process says until it ends, and ends it if it says nothing for too long. */
    private boolean listen(Process process) throws IOException {
        CompletableFuture<Boolean> hung = new CompletableFuture<>();
        CompletableFuture<Void> limit = limit(process, hung);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                limit.cancel(false);
                limit = limit(process, hung);
                read(line);
            }
        } finally {
            limit.cancel(false);
            process.destroyForcibly(); // Nobody reads what it would say now.
        }
        return hung.getNow(false);
    }

    private CompletableFuture<Void> limit(Process process, CompletableFuture<Boolean> hung) {
        CompletableFuture<Void> limit = new CompletableFuture<>();
        limit.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(
                        () -> {
                            hung.complete(true);
                            process.destroyForcibly();
                        });
        return limit;
    }

    /** A line that ends a candidate is {@code MARK ENDS argument verdict}. */
    private void read(String line) {
        String begin = Trial.MARK + Trial.ENDS + " ";
        if (line.startsWith(begin)) {
            String[] parts = line.substring(begin.length()).split(" ", 2);
            Verdict.parse(parts[1]).ifPresent(verdict -> settle(parts[0], verdict));
        }
    }

    /** Why a process ended, from what a JVM leaves behind when native code ends it. */
    private static String cause(Path crash, int exitCode) throws IOException {
        if (!Files.exists(crash)) {
            return "ended its process with exit code " + exitCode;
        }
        String text = Files.readString(crash, StandardCharsets.ISO_8859_1);
        Matcher signal = SIGNAL.matcher(text);
        Matcher library = LIBRARY.matcher(text);
        return "ended its process"
                + (signal.find() ? " by " + signal.group(1) : "")
                + (library.find() ? " in " + library.group(1) : "");
    }
}
