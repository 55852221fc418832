// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.tensor.pytorch.PickleWriter;
import io.stdcseg.tensor.pytorch.PyTorchArchive;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * A TorchScript archive: one class, one object of it, and constants. The same content gives the
 * same bytes.
 */
final class TorchScriptArchive {

    private TorchScriptArchive() {}

    /**
     * Writes an archive.
     *
     * @param notes texts by name, which libtorch calls extra files
     */
    static void write(OutputStream out, ModuleProgram code, Map<String, String> notes)
            throws IOException {
        try (PyTorchArchive archive = new PyTorchArchive(out)) {
            archive.put("data.pkl", ByteBuffer.wrap(object()));
            archive.put("code/__torch__.py", code.text());
            List<ByteBuffer> storages = code.constants().storages();
            for (int i = 0; i < storages.size(); i++) {
                archive.put("constants/" + i, storages.get(i));
            }
            archive.put("constants.pkl", ByteBuffer.wrap(code.constants().table()));
            for (Map.Entry<String, String> note : notes.entrySet()) {
                archive.put("extra/" + note.getKey(), note.getValue());
            }
        }
    }

    /** The object, which has no attribute but the one that every module has. */
    private static byte[] object() {
        return new PickleWriter()
                .global("__torch__", ModuleProgram.CLASS)
                .emptyTuple()
                .newObject()
                .emptyDict()
                .mark()
                .text("training")
                .bool(false)
                .setItems()
                .build()
                .stop();
    }
}
