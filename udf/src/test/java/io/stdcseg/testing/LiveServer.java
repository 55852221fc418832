// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/**
 * Server of a stream over TCP that does to each connection, one after the other, what a script
 * says: plays, stalls, sends garbage, hangs up. After the last part of the script the last one is
 * played again.
 */
public final class LiveServer implements AutoCloseable {

    public static final int RATE = 25;

    private final ServerSocket server;
    private final List<Part> script;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile int connections;
    private volatile boolean closed;

    /**
     * Part of a script: what one connection gets.
     *
     * @param bytes a stream
     * @param seconds how long sending it takes
     * @param stalls whether the connection then stays open, and nothing comes any more
     */
    public record Part(byte[] bytes, double seconds, boolean stalls) {

        public Part(byte[] bytes, double seconds) {
            this(bytes, seconds, false);
        }
    }

    private LiveServer(int port, List<Part> script) throws IOException {
        this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        this.script = script;
    }

    public static LiveServer start(Part... script) throws IOException {
        return startOn(0, script);
    }

    /** Starts on a port, so that a server that was killed can come back. */
    public static LiveServer startOn(int port, Part... script) throws IOException {
        LiveServer server = new LiveServer(port, List.of(script));
        daemon(server::accept);
        return server;
    }

    public int port() {
        return server.getLocalPort();
    }

    public String address() {
        return "tcp://127.0.0.1:" + port();
    }

    /** How many there have been. */
    public int connections() {
        return connections;
    }

    private void accept() {
        try {
            while (!closed) {
                Socket socket = server.accept();
                sockets.add(socket);
                Part part = script.get(Math.min(connections, script.size() - 1));
                connections++;
                daemon(() -> play(socket, part));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "live server");
        thread.setDaemon(true);
        thread.start();
    }

    private void play(Socket socket, Part part) {
        try {
            OutputStream out = socket.getOutputStream();
            long begun = System.nanoTime();
            int piece = 1316;
            for (int sent = 0; sent < part.bytes().length && !closed; sent += piece) {
                double due = part.seconds() * sent / part.bytes().length;
                long wait = begun + Math.round(due * 1e9) - System.nanoTime();
                if (wait > 0) {
                    Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
                }
                out.write(part.bytes(), sent, Math.min(piece, part.bytes().length - sent));
                out.flush();
            }
            if (!part.stalls()) {
                socket.close();
            }
        } catch (IOException | InterruptedException e) {
            // The other side has gone.
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** MPEG-TS with small pictures in H.264, a key frame every ten. */
    public static byte[] transportStream(int width, int height, int pictures, long firstMicros) {
        return stream("mpegts", width, height, pictures, firstMicros);
    }

    /** The same with pictures of 64x48 at another rate, and times from 0 on. */
    public static byte[] transportStream(int rate, int pictures) {
        return stream("mpegts", 64, 48, rate, pictures, 0);
    }

    /** The same in another format. */
    public static byte[] stream(
            String format, int width, int height, int pictures, long firstMicros) {
        return stream(format, width, height, RATE, pictures, firstMicros);
    }

    private static byte[] stream(
            String format, int width, int height, int rate, int pictures, long firstMicros) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(bytes, width, height)) {
            recorder.setFormat(format);
            recorder.setFrameRate(rate);
            record(recorder, pictures, firstMicros);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Sends a stream to an address of FFmpeg's, such as {@code udp://}; returns when all is sent,
     * nobody listens or the other side has gone.
     */
    public static boolean push(String url, byte[] stream, double seconds) {
        AVIOContext target = new AVIOContext(null);
        if (avformat.avio_open2(target, url, avformat.AVIO_FLAG_WRITE, null, (AVDictionary) null)
                < 0) {
            return false;
        }
        long begun = System.nanoTime();
        int piece = 1316;
        for (int sent = 0; sent < stream.length && target.error() >= 0; sent += piece) {
            byte[] part = Arrays.copyOfRange(stream, sent, Math.min(stream.length, sent + piece));
            avformat.avio_write(target, part, part.length);
            avformat.avio_flush(target);
            long due = begun + Math.round(1e9 * seconds * sent / stream.length);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
        avformat.avio_close(target);
        return true;
    }

    private static void record(FFmpegFrameRecorder recorder, int pictures, long firstMicros)
            throws IOException {
        recorder.setVideoCodec(avcodec.AV_CODEC_ID_H264);
        recorder.setVideoCodecName("libopenh264");
        recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
        recorder.setVideoBitrate(400_000);
        recorder.setGopSize(10);
        recorder.start();
        Frame frame =
                new Frame(
                        recorder.getImageWidth(), recorder.getImageHeight(), Frame.DEPTH_UBYTE, 3);
        ByteBuffer pixels = (ByteBuffer) frame.image[0];
        byte[] row = new byte[pixels.capacity()];
        for (int i = 0; i < pictures; i++) {
            Arrays.fill(row, (byte) (40 + 3 * i));
            Arrays.fill(row, 0, row.length / 2, (byte) (200 - 2 * i));
            pixels.clear();
            pixels.put(row);
            recorder.setTimestamp(firstMicros + Math.round(1e6 * i / recorder.getFrameRate()));
            recorder.record(frame);
        }
    }
}
