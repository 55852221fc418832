// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.Rational;
import io.stdcseg.job.options.SegmentOptions.Output;
import io.stdcseg.job.output.LineFormat;
import io.stdcseg.job.output.kafka.KafkaSettings;
import io.stdcseg.job.output.mask.MaskWriter.MaskIds;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.label.LabelSet;
import io.stdcseg.label.Palette;
import io.stdcseg.video.decode.HardwareDecoding;
import io.stdcseg.video.encode.VideoFormat;
import io.stdcseg.video.live.LiveAddress;
import io.stdcseg.video.live.LiveSettings;
import io.stdcseg.video.overlay.OverlayStyle;
import io.stdcseg.video.overlay.View;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/**
 * Settings of a job: what {@link SegmentOptions} say once read, checked. A new option is a constant
 * there, or in the class of its group, and a component here.
 *
 * @param sources files, globs and directories, as given
 * @param labels directory of label pictures; null to score nothing
 * @param output directory for everything that is written
 * @param write what is written
 * @param ids in mask pictures
 * @param format of files of scores and throughput
 * @param segmenter network, weights, device, batching
 * @param weightsWatch file or directory of weights to take up while the job runs; null for none
 * @param shadow weights of a second network, which is only compared; null for none
 * @param shadowEvery it sees one frame of this many
 * @param window length of the rolling scores
 * @param slide time from one window to the next; divides the window
 * @param boundary how far boundaries reach, as a share of the picture's diagonal
 * @param keepFrames how many frames that are worth a look are kept; 0 for none
 * @param calibration whether scores tell how sure the network is though nothing of it is written
 * @param checkpointInterval null to leave it to the cluster
 * @param fps of directories of pictures; null for 15, and a known recording's own
 * @param watch whether what is added to directories and globs is read, too
 * @param follow whether videos that are files are still growing
 * @param live how live sources are read
 * @param adapt whether the network's height follows the load of live sources
 * @param from stream time of the first frame; null for the beginning
 * @param to stream time at which to stop; null for the end
 * @param every segment one frame of this many
 * @param maxFrames most frames of a stream; null for all
 * @param parallelism slots; null to leave it to the cluster
 * @param range shortest decoding range of one file
 * @param onError what becomes of the job when a source or a picture cannot be read
 * @param hardware whether a card decodes videos
 * @param opacity of the overlay, 0 to 1
 * @param palette colours of the classes in videos and reports
 * @param view what the masked video shows
 * @param legend whether classes and frame are written into it
 * @param videoFormat of the masked video
 * @param keep so much stays in playlists; null for all
 * @param chunk length of the files of masked video; null for one file
 * @param kafka where lines go besides; null for nowhere
 * @param resume whether to go on with the run in the output folder
 * @param deciding options that decide what comes out, by name, as text
 */
public record SegmentSettings(
        List<String> sources,
        String labels,
        String output,
        Set<Output> write,
        MaskIds ids,
        LineFormat format,
        SegmenterOptions segmenter,
        String weightsWatch,
        String shadow,
        int shadowEvery,
        Duration window,
        Duration slide,
        double boundary,
        int keepFrames,
        boolean calibration,
        Duration checkpointInterval,
        Rational fps,
        boolean watch,
        boolean follow,
        LiveSettings live,
        boolean adapt,
        Duration from,
        Duration to,
        int every,
        Integer maxFrames,
        Integer parallelism,
        Duration range,
        OnError onError,
        HardwareDecoding hardware,
        double opacity,
        Palette palette,
        View view,
        boolean legend,
        VideoFormat videoFormat,
        Duration keep,
        Duration chunk,
        KafkaSettings kafka,
        boolean resume,
        Map<String, String> deciding)
        implements Serializable {

    /** Of so many frames a second network sees one. */
    private static final int SHADOW_EVERY = 10;

    public SegmentSettings {
        if (sources.isEmpty()) {
            throw new InputException(
                    "--source is missing; give a video file, glob or directory of pictures");
        }
        if (window.toNanos() % slide.toNanos() != 0) {
            throw new InputException(
                    "--slide "
                            + seconds(slide)
                            + " does not divide --window "
                            + seconds(window)
                            + "; a whole number of slides makes a window");
        }
        if (watch && follow) {
            throw new InputException(
                    "--watch and --follow exclude each other: watched files are taken when they"
                            + " are complete");
        }
        if (from != null && to != null && from.compareTo(to) >= 0) {
            throw new InputException(
                    "--from " + seconds(from) + " is not before --to " + seconds(to));
        }
        require(keep == null || write.contains(Output.HLS), "--keep", "hls");
        require(chunk == null || write.contains(Output.VIDEO), "--chunk", "video");
        if (write.contains(Output.HLS)) {
            videoFormat = videoFormat.forPlaylists();
        }
        sources = List.copyOf(sources);
        write = Set.copyOf(write);
        deciding = new TreeMap<>(deciding);
    }

    /** Reads the options of {@code segment}. */
    public static SegmentSettings of(Configuration options) {
        return of(options, NetworkOptions.segmenter(options));
    }

    /** Reads all but the network's. */
    public static SegmentSettings of(Configuration options, SegmenterOptions segmenter) {
        return new SegmentSettings(
                options.getOptional(SourceOptions.SOURCE).orElse(List.of()),
                options.getOptional(SourceOptions.LABELS)
                        .map(OptionValues::absolutePath)
                        .orElse(null),
                OptionValues.absolutePath(options.get(SegmentOptions.OUTPUT)),
                outputs(options),
                options.get(SegmentOptions.IDS),
                options.get(SegmentOptions.FORMAT),
                segmenter,
                options.getOptional(NewWeightsOptions.WEIGHTS_WATCH)
                        .map(OptionValues::absolutePath)
                        .orElse(null),
                options.getOptional(NewWeightsOptions.SHADOW)
                        .map(OptionValues::absolutePath)
                        .orElse(null),
                shadowEvery(options),
                options.get(ScoringOptions.WINDOW),
                options.get(ScoringOptions.SLIDE),
                options.get(ScoringOptions.BOUNDARY),
                options.get(ScoringOptions.KEEP_FRAMES),
                options.get(ScoringOptions.CALIBRATION),
                options.get(SegmentOptions.CHECKPOINT_INTERVAL),
                options.getOptional(SourceOptions.FPS).map(FrameRates::parse).orElse(null),
                options.get(SourceOptions.WATCH),
                options.get(LiveSourceOptions.FOLLOW),
                LiveSourceOptions.settings(options),
                options.get(LiveSourceOptions.ADAPT),
                options.get(SourceOptions.FROM),
                options.get(SourceOptions.TO),
                options.get(SourceOptions.EVERY),
                options.get(SourceOptions.MAX_FRAMES),
                options.get(SegmentOptions.PARALLELISM),
                options.get(SourceOptions.RANGE),
                options.get(SourceOptions.ON_ERROR),
                options.getOptional(SourceOptions.HWACCEL).orElse(HardwareDecoding.NONE),
                options.get(MaskedVideoOptions.OPACITY),
                Palette.of(options.get(MaskedVideoOptions.PALETTE)),
                options.get(MaskedVideoOptions.VIEW),
                options.get(MaskedVideoOptions.LEGEND),
                MaskedVideoOptions.format(options),
                options.get(MaskedVideoOptions.KEEP),
                options.get(MaskedVideoOptions.CHUNK),
                KafkaOptions.settings(options),
                options.get(SegmentOptions.RESUME),
                OptionTexts.deciding(options));
    }

    private static int shadowEvery(Configuration options) {
        Optional<Integer> given = options.getOptional(NewWeightsOptions.SHADOW_EVERY);
        if (given.isPresent() && options.getOptional(NewWeightsOptions.SHADOW).isEmpty()) {
            throw new InputException(
                    "--shadow-every "
                            + given.get()
                            + " says which frames the network of --shadow sees; --shadow FILE is"
                            + " missing");
        }
        return given.orElse(SHADOW_EVERY);
    }

    /** Where nobody says, a live stream can be watched while it lasts. */
    private static Set<Output> outputs(Configuration options) {
        Set<Output> outputs = new HashSet<>(options.get(SegmentOptions.WRITE));
        boolean live =
                options.get(LiveSourceOptions.FOLLOW)
                        || options.getOptional(SourceOptions.SOURCE).orElse(List.of()).stream()
                                .anyMatch(LiveAddress::isLive);
        if (live
                && options.getOptional(SegmentOptions.WRITE).isEmpty()
                && MaskedVideoOptions.format(options).fitsPlaylists()) {
            outputs.add(Output.HLS);
        }
        return outputs;
    }

    /** Which frames are read, and how. */
    public ReadOptions readOptions() {
        return new ReadOptions(
                from == null ? 0 : toSeconds(from),
                to == null ? Double.POSITIVE_INFINITY : toSeconds(to),
                every,
                maxFrames == null ? Long.MAX_VALUE : maxFrames,
                encodes(),
                onError,
                range,
                live.writtenAs(encodes() ? videoFormat : null),
                true,
                hardware);
    }

    /** Whether {@code what} is written. */
    public boolean writes(Output what) {
        return write.contains(what);
    }

    /** Whether the network is asked how sure it is. */
    public boolean asksConfidence() {
        return writes(Output.CONFIDENCE) || calibration;
    }

    /** Whether masks are drawn over pictures, and these encoded. */
    public boolean encodes() {
        return writes(Output.VIDEO) || writes(Output.HLS);
    }

    /** How masks are drawn. */
    public OverlayStyle overlayStyle(LabelSet labels) {
        return new OverlayStyle(palette.paint(labels), opacity, view, legend);
    }

    /** Whether frames have pictures of their own: masks, or how sure the network is of them. */
    public boolean writesPictures() {
        return writes(Output.MASKS) || writes(Output.CONFIDENCE);
    }

    /** Whether a committer waits for whole streams; it holds the output folder for the job. */
    public boolean commitsWholeStreams() {
        return chunk == null && (encodes() || writesPictures());
    }

    private static void require(boolean written, String option, String output) {
        if (!written) {
            throw new InputException(
                    option + " says how " + output + " is written; --write does not have it");
        }
    }

    private static double toSeconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String seconds(Duration duration) {
        return toSeconds(duration) + "s";
    }
}
