// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.tensor.SafeTensors;
import io.stdcseg.tensor.TensorData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;

/** Reference tensors of the published implementation, from {@code resources/reference}. */
public final class Reference {

    private final SafeTensors.Contents contents;

    private Reference(SafeTensors.Contents contents) {
        this.contents = contents;
    }

    /** Reads {@code name.safetensors}. */
    public static Reference read(String name) {
        String resource = "/reference/" + name + ".safetensors";
        try (InputStream in = Reference.class.getResourceAsStream(resource)) {
            return new Reference(SafeTensors.read(resource, in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Map<String, String> metadata() {
        return contents.metadata();
    }

    public TensorData tensor(String name) {
        return contents.tensors().get(name);
    }

    /** An 8-bit tensor's bytes, row-major. */
    public byte[] bytes(String name) {
        byte[] bytes = new byte[Math.toIntExact(tensor(name).elements())];
        tensor(name).bytes().duplicate().get(bytes);
        return bytes;
    }

    /** An image, stored plane by plane, with its channels side by side: rows, columns, 3. */
    public byte[] interleaved(String name) {
        byte[] planes = bytes(name);
        byte[] pixels = new byte[planes.length];
        int area = planes.length / 3;
        for (int i = 0; i < area; i++) {
            for (int c = 0; c < 3; c++) {
                pixels[3 * i + c] = planes[c * area + i];
            }
        }
        return pixels;
    }

    /**
     * Asserts that values agree with a stored tensor: the largest difference against the largest
     * stored magnitude. The stored tensor holds the first channels only, and every {@code step}-th
     * row and column.
     *
     * @param shape of {@code values}: 1, channels, rows, columns
     */
    public void assertClose(String name, float[] values, long[] shape, int step, double tolerance) {
        TensorData expected = tensor(name);
        long[] part = expected.shape();
        assertThat(shape.length).as(name).isEqualTo(4);
        assertThat(new long[] {(shape[2] + step - 1) / step, (shape[3] + step - 1) / step})
                .as(name + " rows and columns")
                .isEqualTo(Arrays.copyOfRange(part, 2, 4));
        double largest = 0;
        double difference = 0;
        int i = 0;
        for (int c = 0; c < part[1]; c++) {
            for (int y = 0; y < part[2]; y++) {
                for (int x = 0; x < part[3]; x++) {
                    double wanted = expected.get(i++);
                    double found = values[(int) ((c * shape[2] + y * step) * shape[3] + x * step)];
                    largest = Math.max(largest, Math.abs(wanted));
                    difference = Math.max(difference, Math.abs(wanted - found));
                }
            }
        }
        assertThat(difference / largest).as(name).isLessThan(tolerance);
    }

    /** Which part of a mask equals a stored one. */
    public double agreement(String name, byte[] mask) {
        byte[] expected = bytes(name);
        assertThat(mask).as(name).hasSameSizeAs(expected);
        int equal = 0;
        for (int i = 0; i < mask.length; i++) {
            equal += mask[i] == expected[i] ? 1 : 0;
        }
        return (double) equal / mask.length;
    }
}
