// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * One expression of PyTorch's, for what DJL has no method for: its {@code interpolate} never aligns
 * corners. As TorchScript, so that PyTorch itself computes it.
 */
public final class TorchProgram implements AutoCloseable {

    private static final String CLASS =
            """
            class Program(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Program, x: Tensor) -> Tensor:
                return\s\
            """;

    /** An object of the class, pickled. */
    private static final String OBJECT =
            "\u0080\u0002c__torch__\nProgram\n)\u0081}X\b\0\0\0training\u0089sb.";

    /** An empty tuple, pickled. */
    private static final String NO_CONSTANTS = "\u0080\u0002).";

    private final Model model;

    /**
     * @param expression of a tensor {@code x}, as TorchScript serialises it: without default values
     */
    public TorchProgram(String expression) throws IOException, MalformedModelException {
        model = Model.newInstance("program", Device.cpu(), "PyTorch");
        Path file = Files.createTempFile("program", ".pt");
        try {
            write(file, expression);
            model.load(file);
        } finally {
            Files.delete(file);
        }
    }

    /** Writes the archive itself, as {@code torch.jit} does, which says nothing of masks. */
    public static void write(Path file, String expression) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            put(zip, "data.pkl", OBJECT);
            put(zip, "code/__torch__.py", CLASS + expression + "\n");
            put(zip, "constants.pkl", NO_CONSTANTS);
            put(zip, "version", "3\n");
        }
    }

    /** For arguments and results; lives as long as the program. */
    public NDManager manager() {
        return model.getNDManager();
    }

    public NDArray run(NDArray x) {
        return model.getBlock()
                .forward(new ParameterStore(manager(), false), new NDList(x), false)
                .singletonOrThrow();
    }

    @Override
    public void close() {
        model.close();
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry("program/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
