// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.error.InputException;
import io.stdcseg.function.score.LabelFolders;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.label.LabelFileReader;
import io.stdcseg.label.LabelFolder;
import io.stdcseg.label.LabelSet;
import io.stdcseg.picture.Picture;
import io.stdcseg.picture.PictureReader;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures of kept frames as a page shows them: small, each a {@code data:} URI, and together no
 * more than a page can hold. The worst frames come first.
 *
 * @param labels classes in the colours that are shown
 * @param truth where frames' labels lie
 */
public record FramePictures(LabelSet labels, LabelFolders truth) implements Serializable {

    /** Of the base64 text of all pictures; with the rest a page stays below 3 MB. */
    static final int MOST_BYTES = 1_500_000;

    /** Longer side of a picture, in pixels. */
    private static final int SIDE = 480;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final TypeReference<LinkedHashMap<String, Object>> VALUES =
            new TypeReference<>() {};

    /** What is known of kept frames, with their pictures, as plain values. */
    Map<String, Object> data(OutputFolder folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.keptFrames(), StandardCharsets.UTF_8);
        return Map.of(
                "kept", lines.size(), "shown", lines.isEmpty() ? lines : shown(folder, lines));
    }

    private List<Map<String, Object>> shown(OutputFolder folder, List<String> lines)
            throws IOException {
        LabelFileReader masks =
                LabelFolder.open(folder.frames().resolve("labels"), labels).reader();
        LabelFolders.Stores stores = truth.open(labels);
        List<Map<String, Object>> shown = new ArrayList<>();
        int bytes = 0;
        for (String line : lines) {
            JsonNode frame = MAPPER.readTree(line);
            Map<String, String> pictures = pictures(folder, frame, masks, stores);
            bytes += pictures.values().stream().mapToInt(String::length).sum();
            if (bytes > MOST_BYTES) {
                break;
            }
            Map<String, Object> values = MAPPER.convertValue(frame, VALUES);
            values.put("pictures", pictures);
            shown.add(values);
        }
        return shown;
    }

    /** By what each shows, in the order they are to be shown. */
    private Map<String, String> pictures(
            OutputFolder folder, JsonNode frame, LabelFileReader masks, LabelFolders.Stores stores)
            throws IOException {
        Picture source = PictureReader.read(folder.frames().resolve(frame.get("image").asText()));
        int width = source.width();
        int height = source.height();
        byte[] mask =
                masks.read(folder.frames().resolve(frame.get("label").asText()), width, height)
                        .clone();
        byte[] label = frame.get("miou").isNull() ? null : label(frame, stores, width, height);
        Thumbnail thumbnail = Thumbnail.within(SIDE, width, height);
        Map<String, String> pictures = new LinkedHashMap<>();
        pictures.put("source", uri("jpeg", thumbnail.jpeg(source.rgb())));
        pictures.put("prediction", png(thumbnail.painted(mask, labels)));
        if (label != null) {
            pictures.put("label", png(thumbnail.painted(label, labels)));
            pictures.put("difference", png(thumbnail.difference(mask, label)));
        }
        return pictures;
    }

    /** The page goes without one that cannot be read by now. */
    private static byte[] label(JsonNode frame, LabelFolders.Stores stores, int width, int height) {
        try {
            ByteBuffer read =
                    stores.read(
                            frame.get("stream").asText(),
                            frame.get("frame").asLong(),
                            frame.get("picture").isNull() ? null : frame.get("picture").asText(),
                            width,
                            height);
            return read == null ? null : read.array().clone();
        } catch (InputException e) {
            return null;
        }
    }

    static String png(byte[] file) {
        return uri("png", file);
    }

    private static String uri(String format, byte[] file) {
        return "data:image/" + format + ";base64," + Base64.getEncoder().encodeToString(file);
    }
}
