// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.file.AtomicFile;
import io.stdcseg.job.report.Thumbnail;
import io.stdcseg.training.Evaluation.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Masks of a few validation pictures over time, small, in {@code validation.jsonl}: a line for the
 * pictures and their labels, and one for each evaluation that is kept. Of those there are at most
 * {@value #MOST_KEPT}, the first and the last among them: when there are more, every second one
 * goes. Not thread-safe.
 */
final class ValidationPictures {

    static final int MOST_KEPT = 8;

    /** Pixels of a picture's longer side, at most. */
    private static final int MOST_PIXELS = 192;

    private static final int LONGEST_RUN = 256;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private List<Map<String, Object>> pictures = List.of();
    private final TreeMap<Integer, List<String>> masks = new TreeMap<>();

    private ValidationPictures(Path file) {
        this.file = file;
    }

    /**
     * Of a training that begins, or goes on.
     *
     * @param iteration after which the training goes on; what is of later ones is forgotten
     */
    static ValidationPictures open(Path file, int iteration) throws IOException {
        ValidationPictures pictures = new ValidationPictures(file);
        if (iteration == 0) {
            Files.deleteIfExists(file);
        } else if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                pictures.read(MAPPER.readTree(line), iteration);
            }
        }
        return pictures;
    }

    private void read(JsonNode line, int last) {
        if (line.has("pictures")) {
            pictures = MAPPER.convertValue(line.get("pictures"), List.class);
        } else if (line.get("iteration").asInt() <= last) {
            List<String> ids = new ArrayList<>();
            line.get("masks").forEach(mask -> ids.add(mask.asText()));
            masks.put(line.get("iteration").asInt(), ids);
        }
    }

    /** Adds what an evaluation made of the pictures, which are the same each time. */
    void add(int iteration, List<Sample> samples) {
        if (samples.isEmpty()) {
            return;
        }
        List<Map<String, Object>> before = pictures;
        pictures = samples.stream().map(ValidationPictures::picture).toList();
        if (!sizes(before).equals(sizes(pictures))) {
            masks.clear();
        }
        masks.put(iteration, samples.stream().map(s -> runs(s, s.mask())).toList());
        if (masks.size() > MOST_KEPT) {
            List<Integer> kept = List.copyOf(masks.keySet());
            for (int i = 1; i < kept.size(); i += 2) {
                masks.remove(kept.get(i));
            }
        }
        try {
            StringBuilder text = new StringBuilder();
            text.append(MAPPER.writeValueAsString(Map.of("pictures", pictures))).append('\n');
            for (Map<String, Object> line : lines()) {
                text.append(MAPPER.writeValueAsString(line)).append('\n');
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(file, out -> out.write(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which masks have to have, too: an earlier version made them otherwise. */
    private static List<List<Object>> sizes(List<Map<String, Object>> pictures) {
        return pictures.stream()
                .map(picture -> List.of(picture.get("columns"), picture.get("rows")))
                .toList();
    }

    private List<Map<String, Object>> lines() {
        List<Map<String, Object>> lines = new ArrayList<>();
        masks.forEach(
                (iteration, ids) -> {
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("iteration", iteration);
                    line.put("masks", ids);
                    lines.add(line);
                });
        return lines;
    }

    /** As a page shows them. */
    Map<String, Object> toMap() {
        return Map.of("pictures", pictures, "evaluations", lines());
    }

    private static Thumbnail thumbnail(Sample sample) {
        return Thumbnail.within(MOST_PIXELS, sample.width(), sample.height());
    }

    private static Map<String, Object> picture(Sample sample) {
        Thumbnail thumbnail = thumbnail(sample);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", sample.name());
        map.put("columns", thumbnail.width());
        map.put("rows", thumbnail.height());
        try {
            byte[] jpeg = thumbnail.jpeg(sample.rgb());
            map.put("jpeg", Base64.getEncoder().encodeToString(jpeg));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        map.put("label", runs(sample, sample.labels()));
        return map;
    }

    /** Runs of equal ids: of each its id and its length less one. */
    private static String runs(Sample sample, byte[] ids) {
        byte[] all = thumbnail(sample).ids(ids);
        ByteArrayOutputStream runs = new ByteArrayOutputStream();
        int begin = 0;
        for (int i = 1; i <= all.length; i++) {
            if (i == all.length || all[i] != all[begin] || i - begin == LONGEST_RUN) {
                runs.write(all[begin]);
                runs.write(i - begin - 1);
                begin = i;
            }
        }
        return Base64.getEncoder().encodeToString(runs.toByteArray());
    }
}
