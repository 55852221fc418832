// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Times ONNX Runtime on a network that {@code export --format onnx} wrote: {@code MODEL HxW THREADS
 * SECONDS}. Single precision on the CPU, all optimisations; input and output are direct buffers
 * that every run uses again, so that nothing but the network is timed. Prints one line of JSON,
 * times in milliseconds.
 */
final class OnnxRuntime {

    private static final double WARM_UP_SECONDS = 3;

    public static void main(String[] args) throws OrtException {
        if (args.length != 4 || !args[1].matches("\\d+x\\d+")) {
            System.err.println("usage: OnnxRuntime.java MODEL HxW THREADS SECONDS");
            System.exit(2);
        }
        long height = Long.parseLong(args[1].split("x")[0]);
        long width = Long.parseLong(args[1].split("x")[1]);
        int threads = Integer.parseInt(args[2]);
        double seconds = Double.parseDouble(args[3]);
        try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
                SessionOptions options = options(threads);
                OrtSession session = environment.createSession(args[0], options)) {
            TensorInfo logits = (TensorInfo) session.getOutputInfo().get("logits").getInfo();
            long[] in = {1, 3, height, width};
            long[] out = {1, logits.getShape()[1], height, width};
            try (OnnxTensor image = OnnxTensor.createTensor(environment, noise(in), in);
                    OnnxTensor scores = OnnxTensor.createTensor(environment, floats(out), out)) {
                time(session, image, scores, WARM_UP_SECONDS);
                print(height + "x" + width, threads, time(session, image, scores, seconds));
            }
        }
    }

    private static SessionOptions options(int threads) throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        return options;
    }

    /** How long each run took, in nanoseconds. */
    private static List<Long> time(
            OrtSession session, OnnxTensor image, OnnxTensor scores, double seconds)
            throws OrtException {
        List<Long> times = new ArrayList<>();
        long start = System.nanoTime();
        long before = start;
        while (before - start < seconds * 1e9) {
            session.run(Map.of("image", image), Set.of(), Map.of("logits", scores)).close();
            long after = System.nanoTime();
            times.add(after - before);
            before = after;
        }
        return times;
    }

    private static void print(String input, int threads, List<Long> times) {
        double sum = times.stream().mapToLong(time -> time).sum();
        Collections.sort(times);
        System.out.printf(
                Locale.ROOT,
                "{\"engine\": \"onnxruntime-%s\", \"input\": \"%s\", \"precision\": \"fp32\","
                        + " \"threads\": %d, \"framesPerSecond\": %.2f, \"p50\": %.2f,"
                        + " \"p95\": %.2f, \"p99\": %.2f}%n",
                OrtEnvironment.getEnvironment().getVersion(),
                input,
                threads,
                times.size() / sum * 1e9,
                percentile(times, 50),
                percentile(times, 95),
                percentile(times, 99));
    }

    /** The smallest time that so many per cent do not exceed, in milliseconds. */
    private static double percentile(List<Long> sorted, int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(1, rank) - 1) / 1e6;
    }

    private static FloatBuffer noise(long[] shape) {
        FloatBuffer noise = floats(shape);
        Random random = new Random(1);
        while (noise.hasRemaining()) {
            noise.put((float) random.nextGaussian());
        }
        return noise.flip();
    }

    private static FloatBuffer floats(long[] shape) {
        long elements = shape[0] * shape[1] * shape[2] * shape[3];
        return ByteBuffer.allocateDirect(Math.toIntExact(4 * elements))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
