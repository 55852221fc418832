// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Sound files made up on the spot. */
public final class Tones {

    private Tones() {}

    /** Writes uncompressed sound of one channel, 440 Hz. */
    public static Path wav(Path file, int rate, double seconds) {
        int count = (int) Math.round(rate * seconds);
        byte[] samples = new byte[2 * count];
        for (int i = 0; i < count; i++) {
            short value = sample(i / (double) rate);
            samples[2 * i] = (byte) value;
            samples[2 * i + 1] = (byte) (value >> 8);
        }
        AudioFormat format = new AudioFormat(rate, 16, 1, true, false);
        try (AudioInputStream in =
                new AudioInputStream(new ByteArrayInputStream(samples), format, count)) {
            AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** The tone at that time. */
    public static short sample(double second) {
        return (short) (10_000 * Math.sin(2 * Math.PI * 440 * second));
    }
}
