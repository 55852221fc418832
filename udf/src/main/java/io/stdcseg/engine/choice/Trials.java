// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import io.stdcseg.network.Precision;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trials of candidates, by which each gets a verdict: known ones, or those of a process that may
 * end. Nothing computes in this process before. Thread-safe.
 */
final class Trials {

    private static final Logger LOG = LoggerFactory.getLogger(Trials.class);

    /**
     * With each step; a busy, emulated processor takes a minute for what others do in one second.
     */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Those of this machine. */
    static final Trials HERE =
            new Trials(new VerdictCache(MachineFingerprint.verdicts()), PATIENCE);

    private final VerdictCache cache;
    private final Duration patience;
    private final Map<Candidate, Verdict> known = new LinkedHashMap<>();

    /**
     * @param patience with one candidate
     */
    Trials(VerdictCache cache, Duration patience) {
        this.cache = cache;
        this.patience = patience;
    }

    /** A verdict on one candidate. */
    Verdict judge(Candidate candidate) {
        return judge(List.of(candidate)).get(candidate);
    }

    /** A verdict on each candidate. */
    synchronized Map<Candidate, Verdict> judge(Collection<Candidate> candidates) {
        List<Candidate> unknown =
                candidates.stream().filter(candidate -> !known.containsKey(candidate)).toList();
        if (!unknown.isEmpty()) {
            known.putAll(look(unknown));
        }
        Map<Candidate, Verdict> verdicts = new LinkedHashMap<>();
        candidates.forEach(candidate -> verdicts.put(candidate, known.get(candidate)));
        return verdicts;
    }

    private Map<Candidate, Verdict> look(List<Candidate> candidates) {
        Map<Candidate, Verdict> verdicts = new LinkedHashMap<>();
        try {
            Map<String, String> texts = cache.complete(before -> findMissing(candidates, before));
            for (Candidate candidate : candidates) {
                verdict(texts, candidate).ifPresent(verdict -> verdicts.put(candidate, verdict));
            }
        } catch (IOException e) {
            LOG.warn(
                    "engines cannot be tried in a process of their own, so auto takes fp32: {}",
                    e.getMessage());
        }
        for (Candidate candidate : candidates) {
            verdicts.putIfAbsent(candidate, untried(candidate));
            LOG.info("{} on {}: {}", candidate, candidate.device(), verdicts.get(candidate));
        }
        return verdicts;
    }

    /**
     * Without a trial the risk is what it is without this class: least in single precision, which
     * every processor has; another one is for whoever asks for it.
     */
    private static Verdict untried(Candidate candidate) {
        return Verdict.passed(0, candidate.precision() == Precision.FP32 ? 0 : 1);
    }

    private Map<String, String> findMissing(List<Candidate> candidates, Map<String, String> known)
            throws IOException {
        List<Candidate> missing =
                candidates.stream().filter(one -> verdict(known, one).isEmpty()).toList();
        Map<String, String> found = new LinkedHashMap<>();
        if (!missing.isEmpty()) {
            LOG.info("trying {} in a process of their own", missing);
            TrialProcess.judge(missing, patience)
                    .forEach((candidate, verdict) -> found.put(candidate.key(), verdict.text()));
        }
        return found;
    }

    private static Optional<Verdict> verdict(Map<String, String> texts, Candidate candidate) {
        return Optional.ofNullable(texts.get(candidate.key())).flatMap(Verdict::parse);
    }

    /** Something that is found out once for this machine. */
    synchronized double number(String key, DoubleSupplier measurement) {
        String text = cache.read().get(key);
        if (text != null) {
            return Double.parseDouble(text);
        }
        double value = measurement.getAsDouble();
        try {
            cache.complete(before -> Map.of(key, Double.toString(value)));
        } catch (IOException e) {
            LOG.info("{} is not kept: {}", key, e.getMessage());
        }
        return value;
    }
}
