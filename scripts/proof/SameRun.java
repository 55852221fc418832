// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.function.score.OverallScoreFunction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber.ImageMode;

/**
 * Proof that two runs of {@code segment} have the same results: {@code whole|part OUTPUT REFERENCE
 * SOURCE...}. REFERENCE is the output folder of an undisturbed run of the same sources, with windows
 * as long as their slide; {@code part} is asked of a run that ended early, and only about what it
 * published.
 *
 * <p>Prints one line: what is the same and exit code 0, or what differs and exit code 1. Videos are
 * decoded by JavaCV's grabber, so that nobody bears witness for himself.
 */
final class SameRun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_DIFFERENCES = 5;

    private final boolean whole;
    private final Path output;
    private final Path reference;
    private final List<String> differences = new ArrayList<>();

    private SameRun(boolean whole, Path output, Path reference) {
        this.whole = whole;
        this.output = output;
        this.reference = reference;
    }

    public static void main(String[] args) throws IOException {
        if (args.length < 4 || !Set.of("whole", "part").contains(args[0])) {
            System.err.println("usage: SameRun.java whole|part OUTPUT REFERENCE SOURCE...");
            System.exit(2);
        }
        avutil.av_log_set_level(avutil.AV_LOG_FATAL);
        SameRun run = new SameRun(args[0].equals("whole"), Path.of(args[1]), Path.of(args[2]));
        StringBuilder same = new StringBuilder();
        List<Path> sources = Stream.of(args).skip(3).map(Path::of).toList();
        same.append(run.videos(sources)).append(" videos, ");
        same.append(run.masks()).append(" masks, ");
        same.append(run.windows()).append(" windows");
        if (run.whole) {
            same.append(", ").append(run.keptFrames()).append(" kept frames");
            run.totals();
            run.nothingElse();
        }
        if (run.differences.isEmpty()) {
            System.out.println(same);
            return;
        }
        int count = run.differences.size();
        List<String> first = run.differences.subList(0, Math.min(MOST_DIFFERENCES, count));
        System.out.println(
                String.join("; ", first)
                        + (count > first.size() ? "; and " + (count - first.size()) + " more" : ""));
        System.exit(1);
    }

    private void require(boolean holds, String difference) {
        if (!holds) {
            differences.add(difference);
        }
    }

    /** Every frame of the source once, in order, at its time, and looking as in the reference. */
    private int videos(List<Path> sources) {
        int checked = 0;
        for (Path source : sources) {
            String name = source.getFileName().toString().replaceAll("\\.[^.]*$", "");
            Path video = output.resolve(name + ".masked.mp4");
            if (!whole && Files.notExists(video)) {
                continue;
            }
            try {
                List<Picture> theirs = Picture.readAll(source);
                List<Picture> ours = Picture.readAll(video);
                List<Picture> undisturbed =
                        Picture.readAll(reference.resolve(video.getFileName()));
                require(
                        times(ours).equals(times(theirs)),
                        video.getFileName() + " has other times than its source");
                require(
                        ours.size() == undisturbed.size() && inOrder(ours, undisturbed),
                        video.getFileName() + " shows other frames than the undisturbed run's");
            } catch (IOException e) {
                require(false, video.getFileName() + " does not play: " + e.getMessage());
            }
            checked++;
        }
        return checked;
    }

    private static List<Long> times(List<Picture> pictures) {
        return pictures.stream().map(Picture::micros).toList();
    }

    /** Whether each picture resembles its counterpart more than the counterpart's neighbours. */
    private static boolean inOrder(List<Picture> ours, List<Picture> theirs) {
        for (int i = 0; i < ours.size(); i++) {
            long own = ours.get(i).distance(theirs.get(i));
            for (int other : new int[] {i - 1, i + 1}) {
                if (other >= 0
                        && other < theirs.size()
                        && ours.get(i).distance(theirs.get(other)) <= own) {
                    return false;
                }
            }
        }
        return true;
    }

    private int masks() throws IOException {
        Map<String, Path> ours = files(output.resolve("masks"));
        Map<String, Path> theirs = files(reference.resolve("masks"));
        if (whole) {
            require(ours.keySet().equals(theirs.keySet()), "there are other masks");
        }
        for (Map.Entry<String, Path> mask : ours.entrySet()) {
            Path other = theirs.get(mask.getKey());
            require(
                    other != null && Files.mismatch(mask.getValue(), other) == -1,
                    "mask " + mask.getKey() + " differs");
        }
        return ours.size();
    }

    private int keptFrames() throws IOException {
        Map<String, Path> ours = files(output.resolve("frames"));
        Map<String, Path> theirs = files(reference.resolve("frames"));
        require(ours.keySet().equals(theirs.keySet()), "other frames are kept");
        for (Map.Entry<String, Path> file : ours.entrySet()) {
            Path other = theirs.get(file.getKey());
            require(
                    other != null && Files.mismatch(file.getValue(), other) == -1,
                    "kept " + file.getKey() + " differs");
        }
        return files(output.resolve("frames/images")).size();
    }

    private static Map<String, Path> files(Path folder) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> found = Files.walk(folder)) {
                found.filter(Files::isRegularFile)
                        .forEach(file -> files.put(folder.relativize(file).toString(), file));
            }
        }
        return files;
    }

    private int windows() throws IOException {
        Map<String, List<JsonNode>> ours = windowsByStream(output);
        Map<String, List<JsonNode>> theirs = windowsByStream(reference);
        int count = 0;
        for (Map.Entry<String, List<JsonNode>> stream : ours.entrySet()) {
            List<JsonNode> windows = stream.getValue();
            count += windows.size();
            String name = "score windows of " + stream.getKey();
            if (stream.getKey().equals(OverallScoreFunction.ALL_STREAMS)) {
                // They are windows of wall-clock time, and follow one another: sums do not depend on it.
                if (whole) {
                    require(
                            frames(windows) == frames(theirs.get(stream.getKey())),
                            name + " hold " + frames(windows) + " frames");
                }
            } else if (whole) {
                require(windows.equals(theirs.get(stream.getKey())), name + " differ");
            } else {
                List<JsonNode> all = theirs.getOrDefault(stream.getKey(), List.of());
                require(
                        windows.size() <= all.size()
                                && windows.equals(all.subList(0, windows.size())),
                        name + " are not the first ones");
            }
        }
        require(!whole || ours.keySet().equals(theirs.keySet()), "there are other score windows");
        return count;
    }

    private static long frames(List<JsonNode> windows) {
        return windows.stream().mapToLong(window -> window.get("frames").asLong()).sum();
    }

    private Map<String, List<JsonNode>> windowsByStream(Path run) throws IOException {
        Map<String, List<JsonNode>> windows = new TreeMap<>();
        for (JsonNode window : lines(run.resolve("scores"))) {
            windows.computeIfAbsent(window.get("stream").asText(), name -> new ArrayList<>())
                    .add(window);
        }
        return windows;
    }

    /** The lines of a folder's published files, in order. */
    private List<JsonNode> lines(Path folder) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (Map.Entry<String, Path> file : files(folder).entrySet()) {
            if (!file.getKey().startsWith(".")) {
                for (String line : Files.readAllLines(file.getValue())) {
                    lines.add(JSON.readTree(line));
                }
            }
        }
        return lines;
    }

    private void totals() throws IOException {
        if (Files.notExists(output.resolve("summary.json"))) {
            require(false, "there is no summary.json");
            return;
        }
        JsonNode ours = JSON.readTree(output.resolve("summary.json").toFile());
        JsonNode theirs = JSON.readTree(reference.resolve("summary.json").toFile());
        for (String key : List.of("frames", "scores")) {
            require(ours.get(key).equals(theirs.get(key)), key + " in summary.json differ");
        }
        Set<JsonNode> streams = new HashSet<>();
        theirs.get("streams").forEach(streams::add);
        require(
                ours.get("streams").size() == streams.size(),
                "summary.json has " + ours.get("streams").size() + " streams");
        ours.get("streams")
                .forEach(stream -> require(streams.contains(stream), stream + " differs"));
        long timed = frames(lines(output.resolve("throughput")));
        require(
                timed == ours.get("frames").asLong(),
                "throughput windows hold " + timed + " frames");
        require(Files.exists(output.resolve("report.html")), "there is no report.html");
    }

    /** No staging folder, claim or unfinished file is left. */
    private void nothingElse() throws IOException {
        for (Map.Entry<String, Path> file : files(output).entrySet()) {
            boolean left = Stream.of(file.getKey().split("/")).anyMatch(n -> n.startsWith("."));
            require(!left, file.getKey() + " is left");
        }
        try (Stream<Path> found = Files.list(output)) {
            found.filter(Files::isDirectory)
                    .filter(folder -> folder.getFileName().toString().startsWith("."))
                    .forEach(folder -> require(false, folder.getFileName() + " is left"));
        }
    }

    /**
     * Picture of a video.
     *
     * @param micros when it is shown
     * @param luma of some of its pixels
     */
    private record Picture(long micros, byte[] luma) {

        /** A pixel of every third row and column tells frames apart. */
        private static final int STEP = 3;

        /** All of a video; fails at the first damage. */
        static List<Picture> readAll(Path file) throws IOException {
            List<Picture> pictures = new ArrayList<>();
            try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
                grabber.setImageMode(ImageMode.GRAY);
                grabber.setVideoOption("err_detect", "explode");
                grabber.start();
                for (Frame frame = grabber.grabImage(); frame != null; frame = grabber.grabImage()) {
                    pictures.add(new Picture(frame.timestamp, luma(frame)));
                }
            }
            return pictures;
        }

        private static byte[] luma(Frame frame) {
            ByteBuffer pixels = (ByteBuffer) frame.image[0];
            int columns = frame.imageWidth / STEP;
            byte[] luma = new byte[frame.imageHeight / STEP * columns];
            for (int i = 0; i < luma.length; i++) {
                luma[i] = pixels.get(i / columns * STEP * frame.imageStride + i % columns * STEP);
            }
            return luma;
        }

        long distance(Picture other) {
            long sum = 0;
            for (int i = 0; i < luma.length; i++) {
                sum += Math.abs((luma[i] & 0xff) - (other.luma[i] & 0xff));
            }
            return sum;
        }
    }
}
