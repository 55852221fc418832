// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import io.stdcseg.checkpoint.TorchScriptFile;
import io.stdcseg.checkpoint.Weights;
import io.stdcseg.engine.DeviceChoice;
import io.stdcseg.engine.Engine;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.error.InputException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The engines there are, and the one that a network gets. */
public final class Engines {

    static final String AUTO = "auto";
    static final String PYTORCH = "pytorch";

    /** What {@code pytorch} was called before there were others. */
    private static final String SYNONYM = "torchscript";

    private static final List<Engine> ALL =
            ServiceLoader.load(Engine.class, Engine.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

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
        return choice.devices(() -> usual(options).gpus(options));
    }

    /** The engine that is asked about GPUs. */
    private static Engine usual(SegmenterOptions options) {
        Engine engine = named(options.engine().equals(AUTO) ? PYTORCH : options.engine());
        engine.checkPresent();
        return engine;
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
        Optional<TorchScriptFile> archive = options.readTorchScript();
        return archive.isPresent()
                ? usual(options).load(archive.get(), options, device)
                : load(options.readWeights(), options, device);
    }

    private static Segmenter load(Weights weights, SegmenterOptions options, String device) {
        return usual(options).load(weights, options, device);
    }
}
