// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/**
 * RTSP server of Debian, {@code rtsp-server-perl}, in a process of its own, and a camera that
 * pushes to it. The server sends over UDP only. Tests are skipped where it is not installed.
 */
public final class RtspServer implements AutoCloseable {

    private static final String PROGRAM = "rtsp-server-perl";
    private static final int RATE = 25;

    private final Process process;
    private final int port;
    private final Thread camera;
    private volatile boolean closed;

    /**
     * Starts the server, and the camera.
     *
     * @param port that clients ask; another one for the camera is drawn
     */
    public RtspServer(int port) throws IOException {
        assumeTrue(isInstalled(), PROGRAM + " is not installed; apt-get install " + PROGRAM);
        this.port = port;
        int source = freePort();
        this.process =
                new ProcessBuilder(
                                PROGRAM,
                                "--clientport=" + port,
                                "--serverport=" + source,
                                "--client_listen_address=127.0.0.1",
                                "--source_listen_address=127.0.0.1",
                                "--rtp_start_port=" + (20_000 + 20 * (source % 1000)))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        this.camera = new Thread(() -> push("rtsp://127.0.0.1:" + source + "/camera"), "camera");
        camera.setDaemon(true);
        camera.start();
    }

    /** A port that nobody listens on. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isInstalled() {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, PROGRAM))) {
                return true;
            }
        }
        return false;
    }

    public String address() {
        return "rtsp://127.0.0.1:" + port + "/camera";
    }

    /** Until it is closed; the server may not listen yet. */
    private void push(String url) {
        while (!closed) {
            try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(url, 64, 48)) {
                recorder.setFormat("rtsp");
                recorder.setOption("rtsp_transport", "udp");
                recorder.setVideoCodec(avcodec.AV_CODEC_ID_H264);
                recorder.setVideoCodecName("libopenh264");
                recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
                recorder.setFrameRate(RATE);
                recorder.setGopSize(10);
                recorder.start();
                record(recorder);
            } catch (IOException e) {
                LockSupport.parkNanos(100_000_000);
            }
        }
    }

    private void record(FFmpegFrameRecorder recorder) throws IOException {
        try (Frame frame = new Frame(64, 48, Frame.DEPTH_UBYTE, 3)) {
            long begun = System.nanoTime();
            for (int i = 0; !closed && process.isAlive(); i++) {
                long due = begun + 1_000_000_000L * i / RATE;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                recorder.setTimestamp(1_000_000L * i / RATE);
                recorder.record(frame);
            }
        }
    }

    /** Kills the server. */
    @Override
    public void close() {
        closed = true;
        process.destroyForcibly().onExit().join();
        try {
            camera.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
