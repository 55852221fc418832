// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.error.InputException;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.MaskedVideoOptions;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.process.ProgressLine;
import io.stdcseg.job.run.MemoryCheck;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.label.MaskFileWriter;
import io.stdcseg.label.MaskFiles;
import io.stdcseg.label.Palette;
import io.stdcseg.picture.Picture;
import io.stdcseg.picture.PictureReader;
import io.stdcseg.store.StorePaths;
import io.stdcseg.video.overlay.Overlay;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** {@code predict}: one picture, or all of a folder or glob. */
final class PredictCommand implements Command {

    private static final double OVERLAY_OPACITY = 0.5;

    private static final ConfigOption<String> IMAGE =
            key("image")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Picture to segment, a directory of pictures, or a glob.");

    private static final ConfigOption<String> OUTPUT =
            key("output")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Mask to write: 8-bit grey PNG of train ids, of the picture's size. For"
                                    + " several pictures a folder, in which masks have their"
                                    + " names.");

    private static final ConfigOption<String> OVERLAY =
            key("overlay")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Picture with the mask's colours over it to write, PNG; for several a"
                                    + " folder.");

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
        options.add(SegmentOptions.cli(SegmentOptions.IDS));
        options.add(SegmentOptions.cli(MaskedVideoOptions.PALETTE));
        options.addAll(NetworkOptions.ALL);
        return options;
    }

    @Override
    public void run(Configuration options, PrintStream out) throws IOException {
        List<Job> jobs = jobs(options);
        SegmenterOptions network = NetworkOptions.segmenter(options);
        MemoryCheck.require(network, jobs.get(0).image());
        AtomicInteger done = new AtomicInteger();
        try (Segmenter segmenter = Engines.open(network);
                MaskFileWriter writer = options.get(SegmentOptions.IDS).writer(segmenter.labels());
                ProgressLine progress =
                        ProgressLine.start(() -> new ProgressLine.State(done.get(), jobs.size()))) {
            Palette palette = Palette.of(options.get(MaskedVideoOptions.PALETTE));
            Overlay overlay = new Overlay(palette.paint(segmenter.labels()), OVERLAY_OPACITY);
            for (Job job : jobs) {
                segment(job, segmenter, writer, overlay);
                done.incrementAndGet();
            }
        }
    }

    /**
     * Job of one picture: the files that are made of it.
     *
     * @param overlay null for none
     */
    private record Job(Path image, Path mask, Path overlay) {}

    private static List<Job> jobs(Configuration options) {
        String image = CliOption.required(options, IMAGE);
        String masks = CliOption.required(options, OUTPUT);
        String overlays = options.get(OVERLAY);
        if (!isSeveral(image)) {
            Path one = overlays == null ? null : png(OVERLAY, overlays);
            return List.of(new Job(StorePaths.path(image), png(OUTPUT, masks), one));
        }
        Path output = Path.of(masks);
        Path overlay = overlays == null ? null : Path.of(overlays);
        requireFolder(OUTPUT, output);
        requireFolder(OVERLAY, overlay);
        List<Job> jobs = new ArrayList<>();
        for (PlannedStream stream :
                SourceSpec.plan(List.of(image), ReadOptions.defaults()).streams()) {
            if (stream.kind() != StreamKind.PICTURES) {
                throw new InputException(
                        "--image " + image + ": " + stream.source() + " is not a picture");
            }
            stream.requireDistinctPictureNames();
            for (int i = 0; i < stream.pictures().size(); i++) {
                String name = stream.pictureName(i) + ".png";
                jobs.add(
                        new Job(
                                StorePaths.path(stream.path()).resolve(stream.pictures().get(i)),
                                output.resolve(name),
                                overlay == null ? null : overlay.resolve(name)));
            }
        }
        return jobs;
    }

    /** A file may be called what a glob looks like. */
    private static boolean isSeveral(String image) {
        Path path = StorePaths.path(image);
        return Files.isDirectory(path) || !Files.exists(path) && SourceSpec.isGlob(image);
    }

    private static void requireFolder(ConfigOption<String> option, Path path) {
        if (path != null && Files.exists(path) && !Files.isDirectory(path)) {
            throw new InputException(
                    "--"
                            + option.key()
                            + " "
                            + path
                            + " is a file; for several pictures a folder is needed");
        }
    }

    private static void segment(
            Job job, Segmenter segmenter, MaskFileWriter writer, Overlay overlay)
            throws IOException {
        Picture picture = PictureReader.read(job.image());
        int width = picture.width();
        int height = picture.height();
        ByteBuffer rgb = ByteBuffer.allocateDirect(picture.rgb().length);
        picture.writeRgb(rgb);
        ByteBuffer mask = ByteBuffer.allocateDirect(width * height);
        segmenter.segment(List.of(new SegmentRequest(width, height, rgb, mask)));
        writer.write(job.mask(), width, height, mask);
        if (job.overlay() != null) {
            overlay.drawRgb(rgb, width, height, mask);
            MaskFiles.writeRgb(job.overlay(), width, height, rgb);
        }
    }

    /** Programs go by a picture's name: what is PNG is called so. */
    private static Path png(ConfigOption<String> option, String name) {
        if (!name.toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new InputException(
                    "--" + option.key() + " " + name + " is written as PNG; allowed is NAME.png");
        }
        return Path.of(name);
    }
}
