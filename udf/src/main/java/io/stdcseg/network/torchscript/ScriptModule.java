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
 * ScriptModule: the one class of a TorchScript archive, to which methods are added one by one, the
 * tensors that they mention, and the one object of it. The same content gives the same bytes.
 */
final class ScriptModule {

    private static final String PACKAGE = "__torch__";
    private static final String CLASS = "StdcSeg";

    private final ModuleConstants constants = new ModuleConstants();
    private final StringBuilder methods = new StringBuilder();

    /** The tensors that the methods mention. */
    ModuleConstants constants() {
        return constants;
    }

    /** Adds a method. */
    void method(String name, String parameters, String type, MethodCode body) {
        methods.append("  def ")
                .append(name)
                .append("(self: " + PACKAGE + "." + CLASS + ", ")
                .append(parameters)
                .append(") -> ")
                .append(type)
                .append(":\n")
                .append(body.text());
    }

    /** The source text of the class. */
    String text() {
        return "class "
                + CLASS
                + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                + methods;
    }

    /**
     * Writes the archive and closes the stream.
     *
     * @param notes texts by name, which libtorch calls extra files
     */
    void write(OutputStream out, Map<String, String> notes) throws IOException {
        try (PyTorchArchive archive = new PyTorchArchive(out)) {
            archive.put("data.pkl", ByteBuffer.wrap(object()));
            archive.put("code/" + PACKAGE + ".py", text());
            List<ByteBuffer> storages = constants.storages();
            for (int i = 0; i < storages.size(); i++) {
                archive.put("constants/" + i, storages.get(i));
            }
            archive.put("constants.pkl", ByteBuffer.wrap(constants.table()));
            for (Map.Entry<String, String> note : notes.entrySet()) {
                archive.put("extra/" + note.getKey(), note.getValue());
            }
        }
    }

    /** The object, which has no attribute but the one that every module has. */
    private static byte[] object() {
        return new PickleWriter()
                .global(PACKAGE, CLASS)
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
