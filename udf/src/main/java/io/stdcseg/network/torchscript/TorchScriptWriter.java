// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleOutput;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleTarget;
import io.stdcseg.tensor.TensorData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writer of networks as TorchScript archives. For which libtorch and which devices is up to the
 * {@link ModuleTarget}.
 *
 * <p>Batch norms are folded in single precision and then rounded to the wanted one; weights lie
 * channels last. The pictures' number and size are free. There is no tracer behind it: the archive
 * is the text of a program and the bytes of its constants.
 */
public final class TorchScriptWriter {

    /**
     * The method of archives with {@link ModuleOutput#MASKS} that runs the network alone:
     * normalised floats (pictures, rows, columns, 3) and packed weights in; scores (pictures, rows
     * / 8, columns / 8, classes), contiguous floats, out.
     */
    public static final String SCORES = "scores";

    /**
     * The method of archives with {@link ModuleOutput#MASKS} for {@link ModuleTarget#X86} that does
     * what {@code forward} does, with packed weights.
     */
    public static final String MASKS = "masks";

    /**
     * The method of archives with {@link ModuleOutput#MASKS} of one view for {@link
     * ModuleTarget#ANY} that gives the scores, too, of which it makes what {@code forward} gives:
     * train ids, and scores as {@link #SCORES} has them.
     */
    public static final String MASKS_AND_SCORES = "masks_and_scores";

    /**
     * The method of archives with {@link ModuleOutput#MASKS} for {@link ModuleTarget#ANY} that
     * takes planes in the place of RGB: 8-bit YUV 4:2:0 of even width and height, Y, U, V as they
     * lie (pictures, rows * 3 / 2, columns), and the whole numbers (pictures, 8), 32 bit, by which
     * each becomes RGB: offset and factor of Y, then what U, and what V, adds to red, green and
     * blue. Products are those of 8 Y - offset, 8 U - 1024 and 8 V - 1024 with these, shifted right
     * by 16. Gives what {@link #MASKS_AND_SCORES} gives, of several views what {@code forward}
     * does.
     */
    public static final String OF_PLANES = "of_planes";

    /**
     * Ends the name of the method for the first call on pictures of a size: it takes no packed
     * weights, and gives, behind the result, the list that all further calls on that size take. The
     * list is empty, and not taken, where weights serve as they are.
     */
    public static final String PACKING = "_packing";

    private TorchScriptWriter() {}

    /**
     * Writes an archive, which is complete or absent.
     *
     * @param weights plain tensors by published name; those the output does not depend on may be
     *     absent
     */
    public static void write(
            Path file, ModelSpec spec, Map<String, TensorData> weights, TorchScriptOptions options)
            throws IOException {
        write(file, spec, weights, options, Map.of());
    }

    /**
     * Writes an archive with notes, which is complete or absent.
     *
     * @param notes texts by name, which libtorch calls extra files
     */
    public static void write(
            Path file,
            ModelSpec spec,
            Map<String, TensorData> weights,
            TorchScriptOptions options,
            Map<String, String> notes)
            throws IOException {
        AtomicFile.write(file, out -> write(out, spec, weights, options, notes));
    }

    /** Writes an archive and closes the stream. */
    public static void write(
            OutputStream out,
            ModelSpec spec,
            Map<String, TensorData> weights,
            TorchScriptOptions options)
            throws IOException {
        write(out, spec, weights, options, Map.of());
    }

    private static void write(
            OutputStream out,
            ModelSpec spec,
            Map<String, TensorData> weights,
            TorchScriptOptions options,
            Map<String, String> notes)
            throws IOException {
        ModuleCode.write(spec, weights, options).write(out, notes);
    }
}
