// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import io.stdcseg.file.CacheFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Fingerprint of the machine, on which verdicts depend: its processor, its card and its Java. */
final class MachineFingerprint {

    /** To be raised when networks are written otherwise, so that all are tried again. */
    private static final String ROUND = "1";

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");
    private static final List<String> TELLING =
            List.of("vendor_id", "cpu family", "model", "stepping", "flags", "CPU ", "Features");

    private MachineFingerprint() {}

    /** The file of the verdicts on this machine. */
    static Path verdicts() {
        String text =
                String.join(
                        "\n",
                        ROUND,
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        java(),
                        processor(read(PROCESSORS)),
                        "caches " + Files.isDirectory(CACHES),
                        read(DRIVER),
                        String.valueOf(System.getenv("PYTORCH_LIBRARY_PATH")),
                        String.valueOf(System.getenv("ONEDNN_MAX_CPU_ISA")));
        return CacheFolder.of("engines").resolve(hash(text) + ".properties");
    }

    /** What the processor says that it can do. */
    static ProcessorFlags flags() {
        return ProcessorFlags.of(read(PROCESSORS));
    }

    /** Where links lead to: an emulator's java is another machine. */
    private static String java() {
        Path java = TrialCommand.java();
        try {
            return java.toRealPath().toString();
        } catch (IOException e) {
            return java.toString();
        }
    }

    /** What the first processor of a text like {@code /proc/cpuinfo} is and can do. */
    static String processor(String cpuInfo) {
        return cpuInfo.lines()
                .takeWhile(line -> !line.isBlank())
                .filter(line -> TELLING.stream().anyMatch(line::startsWith))
                .collect(Collectors.joining("\n"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // Another system, or no card.
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
