// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import io.stdcseg.engine.DeviceChoice;
import io.stdcseg.engine.Devices;
import io.stdcseg.engine.Engine;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.error.InputException;
import io.stdcseg.error.WarnOnce;
import io.stdcseg.network.Precision;
import io.stdcseg.weights.TorchScriptFile;
import io.stdcseg.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Engines that there are, and the choice of the one that a network gets. */
public final class Engines {

    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

    static final String AUTO = "auto";
    static final String PYTORCH = "pytorch";

    private static final String ONNX_RUNTIME = "onnxruntime";

    /** A baseline for timing. */
    private static final String EAGER = "eager";

    /** What {@code pytorch} was called before there were others. */
    private static final String SYNONYM = "torchscript";

    private static final List<Engine> ALL =
            ServiceLoader.load(Engine.class, Engine.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    static {
        TrialCommand.allowStart(); // Before DJL, which starts processes when it is loaded.
    }

    private Engines() {}

    /** All engines, whether their libraries are there or not. */
    public static List<Engine> all() {
        return ALL;
    }

    /**
     * Checks the name that options choose an engine by; loads nothing.
     *
     * @throws InputException if it means nothing
     */
    public static void check(String name) {
        if (!name.equals(AUTO)) {
            named(name);
        }
    }

    /**
     * The engine of a name.
     *
     * @throws InputException if there is none
     */
    public static Engine named(String name) {
        String wanted = name.equals(SYNONYM) ? PYTORCH : name;
        return ALL.stream()
                .filter(engine -> engine.name().equals(wanted))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InputException(
                                        "engine '"
                                                + name
                                                + "' is unknown; allowed are "
                                                + names()));
    }

    private static String names() {
        return ALL.stream().map(Engine::name).collect(Collectors.joining(", ", AUTO + ", ", ""));
    }

    /**
     * Names of the devices that options choose, at least one; looks for GPUs unless the CPU is
     * chosen.
     *
     * @throws InputException if one is not there
     */
    public static List<String> devices(SegmenterOptions options) {
        DeviceChoice choice = DeviceChoice.parse(options.device());
        return choice.devices(
                () -> {
                    SegmenterOptions possible = possible(options);
                    return usual(possible).gpus(possible);
                },
                () -> usual(possible(options)).gpuFault());
    }

    /** Whether an engine computes in a precision on this machine, as a trial showed. */
    public static boolean works(String engine, Precision precision, String device) {
        return verdict(engine, precision, device).passed();
    }

    /**
     * Makes sure, before anything is computed, that an engine computes in a precision here.
     *
     * @throws InputException that says what happened when it was tried
     */
    public static void require(String engine, Precision precision, String device) {
        named(engine).checkPresent();
        Candidate candidate = new Candidate(named(engine), precision, device);
        Verdict verdict = Trials.HERE.judge(candidate);
        if (!verdict.passed()) {
            throw new InputException(
                    candidate + " does not work on this machine: it " + verdict.reason());
        }
    }

    /** Whether PyTorch computes in a precision on this machine, and faster than in floats. */
    public static boolean pays(Precision precision, String device) {
        Verdict verdict = verdict(PYTORCH, precision, device);
        return verdict.passed()
                && verdict.millis() < verdict(PYTORCH, Precision.FP32, device).millis();
    }

    private static Verdict verdict(String engine, Precision precision, String device) {
        return Trials.HERE.judge(new Candidate(named(engine), precision, device));
    }

    /** The engine that is asked about GPUs, and runs archives. */
    private static Engine usual(SegmenterOptions options) {
        Engine engine = named(options.engine().equals(AUTO) ? PYTORCH : options.engine());
        engine.checkPresent();
        return engine;
    }

    /** The same options without what this machine does not have; says so. */
    private static SegmenterOptions possible(SegmenterOptions options) {
        if (options.provider() == null) {
            return options;
        }
        SegmenterOptions asked = options.withEngine(ONNX_RUNTIME);
        Verdict loads = verdict(ONNX_RUNTIME, Precision.FP32, Devices.CPU);
        Optional<String> missing =
                loads.passed()
                        ? usual(asked).missing(asked)
                        : Optional.of("ONNX Runtime " + loads.reason());
        missing.ifPresent(what -> WarnOnce.once(LOG, "PyTorch was taken because " + what));
        return missing.isEmpty() ? asked : options.withProvider(null).withEngine(PYTORCH);
    }

    /** Those that may be taken unasked, the usual one first. */
    static List<Engine> automatic(String device) {
        if (Devices.isGpu(device)) {
            return List.of(named(PYTORCH));
        }
        return ALL.stream().filter(engine -> !engine.name().equals(EAGER)).toList();
    }

    /**
     * Loads the network that {@code options} describe on the first of its devices.
     *
     * @throws InputException if weights, engine, precision or device cannot be used
     */
    public static Segmenter open(SegmenterOptions options) {
        return load(options, devices(options).get(0));
    }

    /** The same for weights that are in memory, whatever {@code options} say of weights. */
    public static Segmenter open(Weights weights, SegmenterOptions options) {
        return load(weights, options, devices(options).get(0));
    }

    /** The same on a device. */
    public static Segmenter load(SegmenterOptions options, String device) {
        Optional<TorchScriptFile> archive = SegmenterWeights.torchScript(options);
        return archive.isPresent()
                ? load(archive.get(), options, device)
                : load(SegmenterWeights.read(options), options, device);
    }

    private static Segmenter load(
            TorchScriptFile archive, SegmenterOptions options, String device) {
        Engine engine = usual(options);
        if (!archive.pointwiseAsProducts()) {
            Verdict verdict = Trials.HERE.judge(new Candidate(engine, null, device));
            if (!verdict.passed()) {
                throw new InputException(
                        "weights "
                                + options.weights()
                                + " are TorchScript of another origin, which may end this process:"
                                + " 1x1 convolutions, tried in a process of their own, "
                                + verdict.reason()
                                + "; .pth and .safetensors are allowed");
            }
        }
        return engine.load(archive, options, device);
    }

    private static Segmenter load(Weights weights, SegmenterOptions options, String device) {
        SegmenterOptions possible = possible(options);
        List<Engine> engines = present(possible, device);
        Candidate chosen =
                new EngineSelection(Trials.HERE, MachineFingerprint.flags(), possible, device)
                        .choose(engines, weights);
        SegmenterOptions known =
                possible.withEngine(chosen.engine().name()).withPrecision(chosen.precisionLabel());
        return chosen.engine().load(weights, known, device);
    }

    /** The engines that options allow and whose libraries are there. */
    private static List<Engine> present(SegmenterOptions options, String device) {
        if (!options.engine().equals(AUTO)) {
            return List.of(usual(options));
        }
        List<Engine> present = new ArrayList<>();
        InputException absence = null;
        for (Engine engine : automatic(device)) {
            try {
                engine.checkPresent();
                present.add(engine);
            } catch (InputException e) {
                absence = absence == null ? e : absence;
            }
        }
        if (present.isEmpty()) {
            throw absence;
        }
        return present;
    }
}
