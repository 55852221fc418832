// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import io.stdcseg.engine.Devices;
import io.stdcseg.engine.Engine;
import io.stdcseg.engine.PrecisionChoice;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.error.InputException;
import io.stdcseg.error.WarnOnce;
import io.stdcseg.network.Precision;
import io.stdcseg.weights.Weights;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Selection of an engine and a precision: of those that passed their trial the fastest whose masks
 * agree with single precision.
 */
final class EngineSelection {

    private static final Logger LOG = LoggerFactory.getLogger(EngineSelection.class);

    /** Milliseconds of a call on a trial's picture: comparing would take minutes. */
    private static final double TOO_SLOW_TO_COMPARE = 10_000;

    /** The share of pixels in which masks of fewer bits must be those of single precision. */
    private static final double LEAST_AGREEMENT = 0.995;

    /** What another engine must be faster by than the usual one, as trials are short. */
    private static final double FASTER = 1.1;

    /** A GPU that the usual engine sees, all of which are alike to a trial. */
    private static final String ANY_GPU = "gpu0";

    private final Trials trials;
    private final SegmenterOptions options;
    private final String device;
    private final ProcessorFlags processor;

    EngineSelection(
            Trials trials, ProcessorFlags processor, SegmenterOptions options, String device) {
        this.trials = trials;
        this.processor = processor;
        this.options = options;
        this.device = device;
    }

    /**
     * The candidate that gets the network.
     *
     * @param engines that may
     * @throws InputException if none can
     */
    Candidate choose(List<Engine> engines, Weights weights) {
        PrecisionChoice wanted = PrecisionChoice.parse(options.precision());
        wanted.check(device);
        List<Candidate> candidates = candidates(engines, wanted.precision());
        Map<Candidate, Verdict> verdicts = trials.judge(candidates);
        List<Candidate> passed =
                candidates.stream()
                        .filter(candidate -> verdicts.get(candidate).passed())
                        .sorted(Comparator.comparingDouble(one -> cost(one, verdicts.get(one))))
                        .toList();
        if (passed.isEmpty()) {
            throw new InputException(
                    describe(candidates, verdicts) + "; allowed on this machine are " + allowed());
        }
        Candidate chosen =
                wanted.precision() == null ? agreeing(passed, verdicts, weights) : passed.get(0);
        explain(chosen, verdicts);
        return chosen;
    }

    private List<Candidate> candidates(List<Engine> engines, Precision wanted) {
        String kind = Devices.isGpu(device) ? ANY_GPU : device;
        List<Candidate> candidates = new ArrayList<>();
        for (Engine engine : engines) {
            for (Precision precision : engine.precisions(device)) {
                // What is asked for by name is tried, whatever flags say.
                boolean tried =
                        wanted == null
                                ? !processor.ruleOut(precision, device)
                                : precision == wanted;
                if (tried) {
                    candidates.add(new Candidate(engine, precision, kind));
                }
            }
        }
        if (candidates.isEmpty()) {
            String names = engines.stream().map(Engine::name).collect(Collectors.joining(", "));
            String precisions =
                    engines.stream()
                            .flatMap(engine -> engine.precisions(device).stream())
                            .map(one -> new Candidate(engines.get(0), one, kind).precisionLabel())
                            .distinct()
                            .collect(Collectors.joining(", "));
            throw new InputException(
                    "precision "
                            + options.precision()
                            + " is not for engine "
                            + names
                            + " on "
                            + device
                            + "; allowed with it are auto, "
                            + precisions);
        }
        return candidates;
    }

    /** Milliseconds; those of the usual engine count less. */
    private static double cost(Candidate candidate, Verdict verdict) {
        boolean usual = candidate.engine().name().equals(Engines.PYTORCH);
        return usual ? verdict.millis() / FASTER : verdict.millis();
    }

    /** The first whose masks are nearly those of single precision. */
    private Candidate agreeing(
            List<Candidate> passed, Map<Candidate, Verdict> verdicts, Weights weights) {
        Candidate exact =
                passed.stream()
                        .filter(candidate -> candidate.precision() == Precision.FP32)
                        .findFirst()
                        .orElse(passed.get(0));
        for (Candidate candidate : passed) {
            // On a GPU fp16 was asked for by whoever has one, and weights without a file are noise.
            if (candidate.precision() == Precision.FP32
                    || Devices.isGpu(device)
                    || weights.sha256().isEmpty()) {
                return candidate;
            }
            if (verdicts.get(exact).millis() > TOO_SLOW_TO_COMPARE) {
                continue;
            }
            double agreement = agreement(exact, candidate, weights);
            LOG.info("{}: {} of the pixels are those of {}", candidate, agreement, exact);
            if (agreement >= LEAST_AGREEMENT) {
                return candidate;
            }
        }
        return exact;
    }

    private double agreement(Candidate exact, Candidate candidate, Weights weights) {
        String key =
                String.join(
                        ".",
                        "agreement",
                        candidate.key(),
                        weights.sha256(),
                        weights.scale().toString().replace(' ', '-'));
        return trials.number(key, () -> Agreement.of(exact, candidate, weights, options));
    }

    /** One line, once, where something unusual was found or taken. */
    private static void explain(Candidate chosen, Map<Candidate, Verdict> verdicts) {
        String faults =
                verdicts.entrySet().stream()
                        .filter(entry -> unheardOf(entry.getKey(), entry.getValue()))
                        .map(entry -> entry.getKey() + " " + entry.getValue().reason())
                        .collect(Collectors.joining(", "));
        String line =
                faults.isEmpty()
                        ? chosen + " was taken: the fastest on this machine"
                        : chosen + " was taken: when engines were tried, " + faults;
        boolean usual =
                chosen.engine().name().equals(Engines.PYTORCH)
                        || verdicts.keySet().stream()
                                .allMatch(one -> one.engine() == chosen.engine());
        if (usual && faults.isEmpty()) {
            LOG.info("{}", line);
        } else {
            WarnOnce.once(LOG, line);
        }
    }

    /** Many a processor has no sums of 8-bit products that do not overflow. */
    private static boolean unheardOf(Candidate candidate, Verdict verdict) {
        boolean overflown =
                candidate.precision() == Precision.INT8
                        && verdict.outcome() == Verdict.Outcome.WRONG;
        return verdict.alarming() && !overflown;
    }

    private static String describe(List<Candidate> candidates, Map<Candidate, Verdict> verdicts) {
        return candidates.stream()
                .map(candidate -> candidate + " " + verdicts.get(candidate).reason())
                .collect(Collectors.joining(", "));
    }

    /** What could be asked for instead. */
    private String allowed() {
        List<Candidate> all = candidates(Engines.automatic(device), null);
        Map<Candidate, Verdict> verdicts = trials.judge(all);
        return all.stream()
                .filter(candidate -> verdicts.get(candidate).passed())
                .map(Candidate::toString)
                .collect(Collectors.joining(", "));
    }
}
