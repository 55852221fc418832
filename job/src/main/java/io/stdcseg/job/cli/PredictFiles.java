// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.error.InputException;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.store.StorePaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Files of one picture of {@code predict}: what is read and what is written.
 *
 * @param overlay null for none
 * @param color null for none
 */
record PredictFiles(Path image, Path mask, Path overlay, Path color) {

    /**
     * The files of each picture that the options name.
     *
     * @throws InputException if one cannot be what it is to be; one line
     */
    static List<PredictFiles> of(Configuration options) {
        String image = CliOption.required(options, PredictCommand.IMAGE);
        CliOption.required(options, PredictCommand.OUTPUT);
        if (!isSeveral(image)) {
            return List.of(
                    new PredictFiles(
                            StorePaths.path(image),
                            picture(options, PredictCommand.OUTPUT),
                            picture(options, PredictCommand.OVERLAY),
                            picture(options, PredictCommand.COLOR)));
        }
        Path masks = folder(options, PredictCommand.OUTPUT);
        Path overlays = folder(options, PredictCommand.OVERLAY);
        Path colors = folder(options, PredictCommand.COLOR);
        List<PredictFiles> files = new ArrayList<>();
        for (PlannedStream stream :
                SourceSpec.plan(List.of(image), ReadOptions.defaults()).streams()) {
            if (stream.kind() != StreamKind.PICTURES) {
                throw new InputException(
                        "--image " + image + ": " + stream.source() + " is not a picture");
            }
            stream.requireDistinctPictureNames();
            for (int i = 0; i < stream.pictures().size(); i++) {
                String name = stream.pictureName(i) + ".png";
                files.add(
                        new PredictFiles(
                                StorePaths.path(stream.path()).resolve(stream.pictures().get(i)),
                                masks.resolve(name),
                                overlays == null ? null : overlays.resolve(name),
                                colors == null ? null : colors.resolve(name)));
            }
        }
        return files;
    }

    /** A file may be called what a glob looks like. */
    private static boolean isSeveral(String image) {
        Path path = StorePaths.path(image);
        return Files.isDirectory(path) || !Files.exists(path) && SourceSpec.isGlob(image);
    }

    private static Path folder(Configuration options, ConfigOption<String> option) {
        String name = options.get(option);
        if (name != null && Files.exists(Path.of(name)) && !Files.isDirectory(Path.of(name))) {
            throw new InputException(
                    "--"
                            + option.key()
                            + " "
                            + name
                            + " is a file; for several pictures a folder is needed");
        }
        return name == null ? null : Path.of(name);
    }

    /** Programs go by a picture's name: what is PNG is called so. */
    private static Path picture(Configuration options, ConfigOption<String> option) {
        String name = options.get(option);
        if (name != null && !name.toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new InputException(
                    "--" + option.key() + " " + name + " is written as PNG; allowed is NAME.png");
        }
        return name == null ? null : Path.of(name);
    }

    /** What is written, by name. */
    String written() {
        StringBuilder names = new StringBuilder(mask.toString());
        for (Path other : new Path[] {overlay, color}) {
            names.append(other == null ? "" : ", " + other);
        }
        return names.toString();
    }
}
