// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import io.stdcseg.checkpoint.Weights;
import io.stdcseg.engine.Devices;
import io.stdcseg.engine.Engine;
import io.stdcseg.engine.PrecisionChoice;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.error.InputException;
import io.stdcseg.error.Said;
import io.stdcseg.network.Precision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses an engine and a precision: of those that passed their trial the fastest whose masks agree
 * with single precision.
 */
final class Selection {

    private static final Logger LOG = LoggerFactory.getLogger(Selection.class);

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

    Selection(Trials trials, SegmenterOptions options, String device) {
        this.trials = trials;
        this.options = options;
        this.device = device;
    }

    /**
     * The contender that gets the network.
     *
     * @param engines that may
     * @throws InputException if none can
     */
    Contender choose(List<Engine> engines, Weights weights) {
        PrecisionChoice wanted = PrecisionChoice.parse(options.precision());
        wanted.check(device);
        List<Contender> contenders = contenders(engines, wanted.precision());
        Map<Contender, Verdict> verdicts = trials.judge(contenders);
        List<Contender> passed =
                contenders.stream()
                        .filter(contender -> verdicts.get(contender).passed())
                        .sorted(Comparator.comparingDouble(one -> cost(one, verdicts.get(one))))
                        .toList();
        if (passed.isEmpty()) {
            throw new InputException(
                    describe(contenders, verdicts) + "; allowed on this machine are " + allowed());
        }
        Contender chosen =
                wanted.precision() == null ? agreeing(passed, verdicts, weights) : passed.get(0);
        explain(chosen, verdicts);
        return chosen;
    }

    private List<Contender> contenders(List<Engine> engines, Precision wanted) {
        String kind = Devices.isGpu(device) ? ANY_GPU : device;
        List<Contender> contenders = new ArrayList<>();
        for (Engine engine : engines) {
            for (Precision precision : engine.precisions(device)) {
                if (wanted == null || precision == wanted) {
                    contenders.add(new Contender(engine, precision, kind));
                }
            }
        }
        if (contenders.isEmpty()) {
            String names = engines.stream().map(Engine::name).collect(Collectors.joining(", "));
            String precisions =
                    engines.stream()
                            .flatMap(engine -> engine.precisions(device).stream())
                            .map(one -> new Contender(engines.get(0), one, kind).numbers())
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
        return contenders;
    }

    /** Milliseconds; those of the usual engine count less. */
    private static double cost(Contender contender, Verdict verdict) {
        boolean usual = contender.engine().name().equals(Engines.PYTORCH);
        return usual ? verdict.millis() / FASTER : verdict.millis();
    }

    /** The first whose masks are nearly those of single precision. */
    private Contender agreeing(
            List<Contender> passed, Map<Contender, Verdict> verdicts, Weights weights) {
        Contender exact =
                passed.stream()
                        .filter(contender -> contender.precision() == Precision.FP32)
                        .findFirst()
                        .orElse(passed.get(0));
        for (Contender contender : passed) {
            // On a GPU fp16 was asked for by whoever has one, and weights without a file are noise.
            if (contender.precision() == Precision.FP32
                    || Devices.isGpu(device)
                    || weights.sha256().isEmpty()) {
                return contender;
            }
            if (verdicts.get(exact).millis() > TOO_SLOW_TO_COMPARE) {
                continue;
            }
            double agreement = agreement(exact, contender, weights);
            LOG.info("{}: {} of the pixels are those of {}", contender, agreement, exact);
            if (agreement >= LEAST_AGREEMENT) {
                return contender;
            }
        }
        return exact;
    }

    private double agreement(Contender exact, Contender contender, Weights weights) {
        String key =
                String.join(
                        ".",
                        "agreement",
                        contender.key(),
                        weights.sha256(),
                        weights.scale().toString().replace(' ', '-'));
        return trials.number(key, () -> Agreement.of(exact, contender, weights, options));
    }

    /** One line, once, where something unusual was found or taken. */
    private static void explain(Contender chosen, Map<Contender, Verdict> verdicts) {
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
            Said.once(LOG, line);
        }
    }

    /** Many a processor has no sums of 8-bit products that do not overflow. */
    private static boolean unheardOf(Contender contender, Verdict verdict) {
        boolean overflown =
                contender.precision() == Precision.INT8
                        && verdict.outcome() == Verdict.Outcome.WRONG;
        return verdict.alarming() && !overflown;
    }

    private static String describe(List<Contender> contenders, Map<Contender, Verdict> verdicts) {
        return contenders.stream()
                .map(contender -> contender + " " + verdicts.get(contender).reason())
                .collect(Collectors.joining(", "));
    }

    /** What could be asked for instead. */
    private String allowed() {
        List<Contender> all = contenders(Engines.automatic(device), null);
        Map<Contender, Verdict> verdicts = trials.judge(all);
        return all.stream()
                .filter(contender -> verdicts.get(contender).passed())
                .map(Contender::toString)
                .collect(Collectors.joining(", "));
    }
}
