// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.MaskedVideoOptions;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.process.ProgressLine;
import io.stdcseg.job.process.ProgressLine.State;
import io.stdcseg.job.run.MemoryCheck;
import io.stdcseg.label.LabelSet;
import io.stdcseg.label.MaskFileWriter;
import io.stdcseg.label.MaskFiles;
import io.stdcseg.label.Palette;
import io.stdcseg.picture.Picture;
import io.stdcseg.picture.PictureReader;
import io.stdcseg.video.overlay.Legend;
import io.stdcseg.video.overlay.Overlay;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** {@code predict}: one picture, or all of a folder or glob. */
final class PredictCommand implements Command {

    private static final double OVERLAY_OPACITY = 0.5;

    static final ConfigOption<String> IMAGE =
            key("image")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Picture to segment, a directory of pictures, or a glob.");

    static final ConfigOption<String> OUTPUT =
            key("output")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Mask to write: 8-bit grey PNG of train ids, of the picture's size. For"
                                    + " several pictures a folder, in which masks have their"
                                    + " names.");

    static final ConfigOption<String> OVERLAY =
            key("overlay")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Picture with the mask's colours over it, and a legend, to write, PNG;"
                                    + " for several a folder.");

    static final ConfigOption<String> COLOR =
            key("color")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The mask as colours, for eyes, to write, PNG; for several a folder.");

    private static final ConfigOption<Boolean> NO_LEGEND =
            key("no-legend")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Leave the classes' names out of overlays.");

    @Override
    public String name() {
        return "predict";
    }

    @Override
    public String description() {
        return "Segments pictures.";
    }

    @Override
    public List<CliOption<?>> options() {
        List<CliOption<?>> options = new ArrayList<>();
        options.add(CliOption.text(IMAGE, "FILE|DIR|GLOB"));
        options.add(CliOption.text(OUTPUT, "M.png|DIR"));
        options.add(CliOption.text(OVERLAY, "O.png|DIR"));
        options.add(CliOption.text(COLOR, "C.png|DIR"));
        options.add(CliOption.flag(NO_LEGEND));
        options.add(SegmentOptions.cli(SegmentOptions.IDS));
        options.add(SegmentOptions.cli(MaskedVideoOptions.PALETTE));
        options.addAll(NetworkOptions.ALL);
        return options;
    }

    @Override
    public void run(Configuration options, PrintStream out) throws IOException {
        List<PredictFiles> all = PredictFiles.of(options);
        Palette palette = Palette.of(options.get(MaskedVideoOptions.PALETTE));
        SegmenterOptions network = NetworkOptions.segmenter(options);
        palette.paint(SegmenterWeights.resolve(network).labels());
        MemoryCheck.require(network, all.get(0).image());
        AtomicInteger done = new AtomicInteger();
        try (ProgressLine progress = ProgressLine.start(() -> state(done.get(), all.size()));
                Segmenter segmenter = Engines.open(network);
                MaskFileWriter writer =
                        options.get(SegmentOptions.IDS).writer(segmenter.labels())) {
            LabelSet painted = palette.paint(segmenter.labels());
            for (PredictFiles files : all) {
                Segmented segmented = segment(files.image(), segmenter);
                writer.write(files.mask(), segmented.width, segmented.height, segmented.mask);
                draw(segmented, files, painted, !options.get(NO_LEGEND));
                done.incrementAndGet();
                out.println(files.written() + ": " + segmented.describe(painted));
            }
        }
    }

    private static State state(int done, int all) {
        return done == 0 ? State.starting("loading network") : new State(done, all);
    }

    private static Segmented segment(Path image, Segmenter segmenter) {
        Picture picture = PictureReader.read(image);
        int width = picture.width();
        int height = picture.height();
        ByteBuffer rgb = ByteBuffer.allocateDirect(picture.rgb().length);
        picture.writeRgb(rgb);
        ByteBuffer mask = ByteBuffer.allocateDirect(width * height);
        segmenter.segment(List.of(new SegmentRequest(width, height, rgb, mask)));
        return new Segmented(width, height, rgb, mask);
    }

    /** Draws into the picture, last the colours alone. */
    private static void draw(
            Segmented segmented, PredictFiles files, LabelSet painted, boolean legend)
            throws IOException {
        int width = segmented.width;
        int height = segmented.height;
        ByteBuffer rgb = segmented.rgb;
        if (files.overlay() != null) {
            new Overlay(painted, OVERLAY_OPACITY).drawRgb(rgb, width, height, segmented.mask);
            if (legend) {
                new Legend(painted, width, height, false).drawRgb(rgb);
            }
            MaskFiles.writeRgb(files.overlay(), width, height, rgb);
        }
        if (files.color() != null) {
            new Overlay(painted, 1).drawRgb(rgb, width, height, segmented.mask);
            MaskFiles.writeRgb(files.color(), width, height, rgb);
        }
    }

    /** A picture and its mask. */
    private record Segmented(int width, int height, ByteBuffer rgb, ByteBuffer mask) {

        /** Size and classes, the largest first. */
        String describe(LabelSet labels) {
            int[] pixels = new int[256];
            for (int i = 0; i < width * height; i++) {
                pixels[mask.get(i) & 255]++;
            }
            return width
                    + "x"
                    + height
                    + "; "
                    + IntStream.range(0, labels.size())
                            .filter(id -> pixels[id] > 0)
                            .boxed()
                            .sorted(Comparator.comparing(id -> -pixels[id]))
                            .map(id -> labels.names().get(id) + " " + percent(pixels[id]))
                            .collect(Collectors.joining(", "));
        }

        private String percent(int pixels) {
            return String.format(Locale.ROOT, "%.1f %%", 100.0 * pixels / (width * height));
        }
    }
}
