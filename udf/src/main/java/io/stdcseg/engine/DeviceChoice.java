// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.error.InputException;
import io.stdcseg.error.WarnOnce;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Choice of devices: where the user wants networks to run.
 *
 * @param kind of device
 * @param numbers of the GPUs; empty = all
 */
public record DeviceChoice(Kind kind, List<Integer> numbers) {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceChoice.class);

    private static final Pattern NUMBERED = Pattern.compile("gpu:\\d{1,3}(,\\d{1,3})*");

    /** Kind of device. */
    public enum Kind {
        AUTO,
        CPU,
        GPU
    }

    /**
     * A choice as options write it.
     *
     * @throws InputException if there is no such choice
     */
    public static DeviceChoice parse(String text) {
        return switch (text) {
            case "auto" -> new DeviceChoice(Kind.AUTO, List.of());
            case "cpu" -> new DeviceChoice(Kind.CPU, List.of());
            case "gpu" -> new DeviceChoice(Kind.GPU, List.of());
            default -> new DeviceChoice(Kind.GPU, numbers(text));
        };
    }

    private static List<Integer> numbers(String text) {
        if (!NUMBERED.matcher(text).matches()) {
            throw new InputException(
                    "device '" + text + "' is unknown; allowed are auto, cpu, gpu and gpu:N,M");
        }
        return Pattern.compile(",")
                .splitAsStream(text.substring("gpu:".length()))
                .map(Integer::valueOf)
                .distinct()
                .toList();
    }

    /**
     * The names of the devices that are meant, at least one.
     *
     * @param gpus how many GPUs there are; asked unless a CPU is meant
     * @param fault why there are none; asked if there are none
     * @throws InputException if one of them is not there
     */
    public List<String> devices(IntSupplier gpus, Supplier<Optional<GpuFault>> fault) {
        if (kind == Kind.CPU) {
            return Devices.named(List.of());
        }
        int present = gpus.getAsInt();
        return Devices.named(gpus(present, present == 0 ? fault.get() : Optional.empty()));
    }

    /**
     * The GPUs that are meant.
     *
     * @param present how many this machine has
     * @param fault why it has none
     * @return their numbers; empty for the CPU
     */
    private List<Integer> gpus(int present, Optional<GpuFault> fault) {
        if (kind == Kind.GPU && present == 0) {
            throw new InputException(
                    "device "
                            + this
                            + ": PyTorch finds no GPU"
                            + fault.map(one -> ": " + one.reason())
                                    .orElse(
                                            ", which takes NVIDIA's driver and a build with mvn"
                                                    + " -Pcuda")
                            + "; allowed are auto and cpu");
        }
        fault.filter(GpuFault::alarming)
                .ifPresent(
                        one -> WarnOnce.once(LOG, "the CPU computes, not a GPU: " + one.reason()));
        for (int number : numbers) {
            if (number >= present) {
                throw new InputException(
                        "device "
                                + this
                                + ": there is no GPU "
                                + number
                                + "; allowed are 0 to "
                                + (present - 1));
            }
        }
        return numbers.isEmpty() ? IntStream.range(0, present).boxed().toList() : numbers;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT)
                + (numbers.isEmpty()
                        ? ""
                        : ":" + String.join(",", numbers.stream().map(String::valueOf).toList()));
    }
}
