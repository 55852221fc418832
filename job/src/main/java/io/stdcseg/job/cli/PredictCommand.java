// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.error.InputException;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.label.LabelSet;
import io.stdcseg.video.MaskFiles;
import io.stdcseg.video.Overlay;
import io.stdcseg.video.Picture;
import io.stdcseg.video.PictureReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** {@code predict}: one picture. */
final class PredictCommand implements Command {

    private static final double OVERLAY_OPACITY = 0.5;

    private static final ConfigOption<String> IMAGE =
            key("image").stringType().noDefaultValue().withDescription("Picture to segment.");

    private static final ConfigOption<String> OUTPUT =
            key("output")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Mask to write: 8-bit grey PNG of train ids, of the picture's size.");

    private static final ConfigOption<String> OVERLAY =
            key("overlay")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Picture with the mask's colours over it to write, PNG.");

    @Override
    public String name() {
        return "predict";
    }

    @Override
    public String description() {
        return "Segments one picture.";
    }

    @Override
    public List<CliOption<?>> options() {
        List<CliOption<?>> options = new ArrayList<>();
        options.add(CliOption.text(IMAGE, "FILE"));
        options.add(CliOption.text(OUTPUT, "M.png"));
        options.add(CliOption.text(OVERLAY, "O.png"));
        options.addAll(NetworkOptions.ALL);
        return options;
    }

    @Override
    public void run(Configuration options, PrintStream out) throws IOException {
        Path image = Path.of(Required.get(options, IMAGE));
        Path output = png(OUTPUT, Required.get(options, OUTPUT));
        Optional<Path> overlay = options.getOptional(OVERLAY).map(name -> png(OVERLAY, name));
        Picture picture = PictureReader.read(image);
        ByteBuffer rgb = ByteBuffer.allocateDirect(picture.rgb().length);
        picture.writeRgb(rgb);
        ByteBuffer mask = ByteBuffer.allocateDirect(picture.width() * picture.height());
        LabelSet labels;
        try (Segmenter segmenter = Engines.open(NetworkOptions.segmenter(options))) {
            segmenter.segment(
                    List.of(new SegmentRequest(picture.width(), picture.height(), rgb, mask)));
            labels = segmenter.info().labels();
        }
        MaskFiles.write(output, picture.width(), picture.height(), mask);
        if (overlay.isPresent()) {
            new Overlay(labels, OVERLAY_OPACITY)
                    .drawRgb(rgb, picture.width(), picture.height(), mask);
            MaskFiles.writeRgb(overlay.get(), picture.width(), picture.height(), rgb);
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
