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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verdicts on contenders: known ones, or those of a process that may end. Nothing computes in this
 * process before. Thread-safe.
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

    private final VerdictCache kept;
    private final Duration patience;
    private final Map<Candidate, Verdict> known = new LinkedHashMap<>();

    /**
     * @param patience with one contender
     */
    Trials(VerdictCache kept, Duration patience) {
        this.kept = kept;
        this.patience = patience;
    }

    /** A verdict on each contender. */
    synchronized Map<Candidate, Verdict> judge(Collection<Candidate> contenders) {
        List<Candidate> unknown =
                contenders.stream().filter(contender -> !known.containsKey(contender)).toList();
        if (!unknown.isEmpty()) {
            known.putAll(look(unknown));
        }
        Map<Candidate, Verdict> verdicts = new LinkedHashMap<>();
        contenders.forEach(contender -> verdicts.put(contender, known.get(contender)));
        return verdicts;
    }

    private Map<Candidate, Verdict> look(List<Candidate> contenders) {
        Map<Candidate, Verdict> verdicts = new LinkedHashMap<>();
        try {
            Map<String, String> texts = kept.complete(before -> findMissing(contenders, before));
            for (Candidate contender : contenders) {
                verdict(texts, contender).ifPresent(verdict -> verdicts.put(contender, verdict));
            }
        } catch (IOException e) {
            LOG.warn(
                    "engines cannot be tried in a process of their own, so auto takes fp32: {}",
                    e.getMessage());
        }
        for (Candidate contender : contenders) {
            verdicts.putIfAbsent(contender, untried(contender));
            LOG.info("{} on {}: {}", contender, contender.device(), verdicts.get(contender));
        }
        return verdicts;
    }

    /**
     * Without a trial the risk is what it is without this class: least in single precision, which
     * every processor has; another one is for whoever asks for it.
     */
    private static Verdict untried(Candidate contender) {
        return Verdict.passed(0, contender.precision() == Precision.FP32 ? 0 : 1);
    }

    private Map<String, String> findMissing(List<Candidate> contenders, Map<String, String> known)
            throws IOException {
        List<Candidate> missing =
                contenders.stream().filter(one -> verdict(known, one).isEmpty()).toList();
        Map<String, String> found = new LinkedHashMap<>();
        if (!missing.isEmpty()) {
            LOG.info("trying {} in a process of their own", missing);
            TrialProcess.judge(missing, patience)
                    .forEach((contender, verdict) -> found.put(contender.key(), verdict.text()));
        }
        return found;
    }

    private static Optional<Verdict> verdict(Map<String, String> texts, Candidate contender) {
        return Optional.ofNullable(texts.get(contender.key())).flatMap(Verdict::parse);
    }

    /** Something that is found out once for this machine. */
    synchronized double number(String key, Number found) {
        String text = kept.read().get(key);
        if (text != null) {
            return Double.parseDouble(text);
        }
        double value = found.find();
        try {
            kept.complete(before -> Map.of(key, Double.toString(value)));
        } catch (IOException e) {
            LOG.info("{} is not kept: {}", key, e.getMessage());
        }
        return value;
    }

    /** Finds out a number. */
    interface Number {
        double find();
    }
}
