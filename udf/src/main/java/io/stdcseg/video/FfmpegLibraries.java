// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.error.InputException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FFmpeg's native libraries, loaded once. What they need of the system may be missing: the failure
 * is kept, since Java would only say later that a class has no definition.
 */
public final class FfmpegLibraries {

    private static final String FAILED = "FFmpeg cannot be loaded: ";

    /** What the builds for some platforms, such as Linux on ARM, need and do not bring along. */
    private static final List<String> SYSTEM_LIBRARIES =
            List.of("libva-drm.so.2", "libva.so.2", "libdrm.so.2");

    /** As glibc says it, and as musl does. */
    private static final Pattern MISSING =
            Pattern.compile(
                    "(?<glibc>[^\\s:]+): cannot open shared object file"
                            + "|Error loading shared library (?<musl>[^\\s:]+):");

    private static final Pattern SONAME = Pattern.compile("(.*?)(\\d?)\\.so\\.(\\d+)");

    /** What may hold credentials in an address that FFmpeg speaks of. */
    private static final Pattern USER = Pattern.compile("://[^/\\s'\"]*@");

    private static final Pattern QUERY = Pattern.compile("(://[^\\s'\"?]*\\?)[^\\s'\"]*");

    @SuppressWarnings("StaticAssignmentOfThrowable") // the cause of whatever fails later
    private static final LinkageError FAILURE = new Loading().await();

    private FfmpegLibraries() {}

    /**
     * Loads them; does nothing the second time.
     *
     * @throws InputException if they cannot be loaded; one line that says what to do
     */
    public static void load() {
        if (FAILURE != null) {
            throw explain(FAILURE);
        }
    }

    static String withoutCredentials(String line) {
        return QUERY.matcher(USER.matcher(line).replaceAll("://***@")).replaceAll("$1***");
    }

    static InputException explain(LinkageError error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new InputException(FAILED + reason(cause), error);
    }

    private static String reason(Throwable cause) {
        String text = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        Matcher missing = MISSING.matcher(text);
        if (missing.find()) {
            String glibc = missing.group("glibc");
            return remedy(glibc == null ? missing.group("musl") : glibc);
        }
        if (cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException) {
            return "it is not on this Flink's class path; run scripts/install-flink-lib FLINK_HOME"
                    + " and restart the cluster";
        }
        if (text.contains("in java.library.path")) {
            String platform = Loader.getPlatform();
            return "this build has none for "
                    + platform
                    + "; build it with -Djavacpp.platform="
                    + platform;
        }
        return text;
    }

    /** What to install: at once all that the system is usually without. */
    private static String remedy(String library) {
        List<String> wanted =
                SYSTEM_LIBRARIES.contains(library) ? SYSTEM_LIBRARIES : List.of(library);
        String packages =
                wanted.stream()
                        .map(FfmpegLibraries::debianPackage)
                        .collect(Collectors.joining(" "));
        return "this system has no "
                + library
                + "; on Debian and Ubuntu install "
                + packages
                + ", elsewhere what holds "
                + String.join(", ", wanted);
    }

    /** Debian's rule for the names of packages with a shared library. */
    private static String debianPackage(String library) {
        Matcher name = SONAME.matcher(library);
        if (!name.matches()) {
            return library;
        }
        String digit = name.group(2);
        String stem = name.group(1).replace('_', '-').toLowerCase(Locale.ROOT);
        return stem + digit + (digit.isEmpty() ? "" : "-") + name.group(3);
    }

    /**
     * Loading in a thread of its own: a caller that is interrupted, as a task that is cancelled,
     * would leave the libraries half loaded for as long as the process lives. It uses nothing of
     * the outer class, which waits for it to be initialised.
     */
    private static final class Loading extends Thread {

        private static final Logger FFMPEG = LoggerFactory.getLogger(FfmpegLibraries.class);

        /** FFmpeg's own lines; kept here, since FFmpeg calls it as long as the process lives. */
        private static LogCallback lines;

        private LinkageError failure;

        Loading() {
            super("loading of FFmpeg");
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                // Any call loads a library; each may lack another one.
                avutil.avutil_version();
                swresample.swresample_version();
                avcodec.avcodec_version();
                avformat.avformat_version();
                swscale.swscale_version();
                // FFmpeg writes to stderr by itself; errors reach the user as exceptions with one
                // line.
                avutil.av_log_set_level(
                        FFMPEG.isDebugEnabled() ? avutil.AV_LOG_WARNING : avutil.AV_LOG_QUIET);
                if (FFMPEG.isDebugEnabled()) {
                    lines =
                            new LogCallback() {
                                @Override
                                public void call(int level, BytePointer line) {
                                    String text = line.getString().strip();
                                    FFMPEG.debug("FFmpeg: {}", withoutCredentials(text));
                                }
                            };
                    avutil.setLogCallback(lines);
                }
            } catch (LinkageError e) {
                failure = e;
            }
        }

        /** What loading failed with; null if it did not. */
        LinkageError await() {
            start();
            boolean interrupted = false;
            while (true) {
                try {
                    join();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return failure;
        }
    }
}
