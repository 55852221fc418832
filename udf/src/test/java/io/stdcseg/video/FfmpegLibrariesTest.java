// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class FfmpegLibrariesTest {

    /** As JavaCPP reports what the system's loader said. */
    private static LinkageError failure(String reason) {
        LinkageError error =
                new UnsatisfiedLinkError("no jniavutil in java.library.path: /usr/lib:/lib");
        error.initCause(new UnsatisfiedLinkError(reason));
        return error;
    }

    private static String explained(LinkageError error) {
        return FfmpegLibraries.explain(error).getMessage();
    }

    /** A task may be cancelled while the first one of a process waits for the libraries. */
    @Test
    void anInterruptDoesNotSpoilThem(@TempDir Path cache) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                                "-cp",
                                System.getProperty("java.class.path"),
                                InterruptedLoading.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).endsWith("loaded, interrupted: true");
    }

    /** Loads them for the first time, interrupted. */
    static final class InterruptedLoading {

        private InterruptedLoading() {}

        public static void main(String[] arguments) {
            // Flink's processes have a log by then.
            LoggerFactory.getLogger(InterruptedLoading.class);
            Thread.currentThread().interrupt();
            FfmpegLibraries.load();
            System.out.print("loaded, interrupted: " + Thread.currentThread().isInterrupted());
        }
    }

    @Test
    void saysAtOnceAllThatTheSystemIsUsuallyWithout() {
        LinkageError error =
                failure(
                        "/home/me/.javacpp/cache/ffmpeg.jar/libjniavutil.so: libva-drm.so.2: cannot"
                                + " open shared object file: No such file or directory");

        assertThat(explained(error))
                .isEqualTo(
                        "FFmpeg cannot be loaded: this system has no libva-drm.so.2; on Debian and"
                                + " Ubuntu install libva-drm2 libva2 libdrm2, elsewhere what holds"
                                + " libva-drm.so.2, libva.so.2, libdrm.so.2");
    }

    @Test
    void namesThePackageOfAnyOtherLibrary() {
        assertThat(explained(failure("libjni.so: libgcc_s.so.1: cannot open shared object file")))
                .contains("has no libgcc_s.so.1; on Debian and Ubuntu install libgcc-s1, ");
        assertThat(explained(failure("libjni.so: libva-x11.so.2: cannot open shared object file")))
                .contains(" install libva-x11-2, ");
    }

    @Test
    void understandsMusl() {
        assertThat(
                        explained(
                                failure(
                                        "Error loading shared library libstdc++.so.6: No such file"
                                            + " or directory (needed by /tmp/libjniavutil.so)")))
                .contains("has no libstdc++.so.6; on Debian and Ubuntu install libstdc++6, ");
    }

    @Test
    void namesThePlatformOfABuildForAnother() {
        LinkageError error = new UnsatisfiedLinkError("no jniavutil in java.library.path: /lib");

        assertThat(explained(error))
                .isEqualTo(
                        "FFmpeg cannot be loaded: this build has none for "
                                + Loader.getPlatform()
                                + "; build it with -Djavacpp.platform="
                                + Loader.getPlatform());
    }

    @Test
    void saysHowToPrepareAFlinkWithoutFfmpeg() {
        LinkageError error = new NoClassDefFoundError("org/bytedeco/ffmpeg/global/avutil");

        assertThat(explained(error)).contains("install-flink-lib FLINK_HOME");
    }

    @Test
    void keepsAnyOtherReasonOnOneLine() {
        assertThat(explained(failure("libavutil.so.60: invalid ELF header\nmore")))
                .isEqualTo("FFmpeg cannot be loaded: libavutil.so.60: invalid ELF header");
    }

    @Test
    void loadsHere() {
        assertThatCode(FfmpegLibraries::load).doesNotThrowAnyException();
    }

    @Test
    void itsOwnLinesAreWithoutCredentials() {
        assertThat(
                        FfmpegLibraries.withoutCredentials(
                                "[rtsp @ 0x1] failed: rtsp://me:se@cret@camera:554/1?key=secret x"))
                .isEqualTo("[rtsp @ 0x1] failed: rtsp://***@camera:554/1?*** x");
    }
}
