// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Camera behind GStreamer's RTSP server, in a process of its own: it sends RTP in the connection,
 * and tells by RTCP what time it is. Tests are skipped where the server is not installed.
 */
public final class GStreamerCamera implements AutoCloseable {

    private static final String PYTHON = "/usr/bin/python3";
    private static final String NEEDS =
            "import gi; gi.require_version('GstRtspServer', '1.0'); gi.require_version('Gst',"
                    + " '1.0');from gi.repository import Gst, GstRtspServer; Gst.init(None);assert"
                    + " Gst.ElementFactory.find('rtpjpegpay')";

    private final Process process;
    private final int port;

    /**
     * Starts it.
     *
     * @param transport {@code tcp} or {@code udp}; it refuses the other
     * @param shift seconds by which its clock is before ours
     * @param folder for its program
     */
    public GStreamerCamera(String transport, double shift, Path folder) throws IOException {
        assumeTrue(
                isInstalled(),
                "GStreamer's RTSP server is not installed; apt-get install python3-gi"
                        + " gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good");
        this.port = RtspServer.freePort();
        Path program = folder.resolve("camera.py");
        try (InputStream in = GStreamerCamera.class.getResourceAsStream("/rtsp/camera.py")) {
            Files.copy(in, program, StandardCopyOption.REPLACE_EXISTING);
        }
        this.process =
                new ProcessBuilder(
                                PYTHON,
                                program.toString(),
                                Integer.toString(port),
                                transport,
                                Double.toString(shift))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(said.readLine())) {
            process.destroyForcibly();
            throw new IOException("the camera did not start");
        }
    }

    private static boolean isInstalled() {
        try {
            return Files.isExecutable(Path.of(PYTHON))
                    && new ProcessBuilder(PYTHON, "-c", NEEDS)
                                    .redirectErrorStream(true)
                                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                    .start()
                                    .onExit()
                                    .join()
                                    .exitValue()
                            == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String address() {
        return "rtsp://127.0.0.1:" + port + "/camera";
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
