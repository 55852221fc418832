// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** TorchScript of a few lines, without constants: what PyTorch can do and DJL cannot ask it for. */
public enum ScriptSnippet {
    /**
     * Bilinear resizing with {@code align_corners}: maps (pictures, channels, rows, columns) and an
     * array of the wanted (rows, columns) in, maps out.
     */
    RESIZE(
            "x: Tensor, like: Tensor",
            """
            size = [torch.size(like, 0), torch.size(like, 1)]
            return torch.upsample_bilinear2d(x, size, True, None)
            """),

    /**
     * A copy that the caller does not wait for if memory is page-locked: an array, and one on the
     * device where it goes, in; the same there out.
     */
    UPLOAD(
            "x: Tensor, like: Tensor",
            """
            return torch.to(x, ops.prim.device(like), ops.prim.dtype(x), True, False, None)
            """),

    /** A copy that the caller waits for: an array, and what goes into it, in; the array out. */
    DOWNLOAD(
            "into: Tensor, x: Tensor",
            """
            return torch.copy_(into, x, False)
            """),

    /**
     * An array in the machine's memory in, a copy in page-locked memory out; where there is CUDA.
     */
    PIN(
            "x: Tensor",
            """
            return torch.pin_memory(x)
            """),

    /**
     * A convolution as others' archives have it and ours never do where filters have one pixel:
     * maps (pictures, channels, rows, columns) and a weight (outputs, channels, 1, 1) in, maps out.
     */
    CONVOLVE(
            "x: Tensor, weight: Tensor",
            """
            y = torch.contiguous(x, memory_format=2)
            z = torch.contiguous(weight, memory_format=2)
            return torch.conv2d(y, z, None, [1, 1], [0, 0], [1, 1], 1)
            """),

    /** Floats (6) to bfloat16 (15), channels last (2) if they are maps; anything else to floats. */
    CAST(
            "x: Tensor",
            """
            if torch.ne(ops.prim.dtype(x), 6):
              y = torch.to(x, 6)
            else:
              half = torch.to(x, 15)
              if torch.eq(torch.dim(x), 4):
                z = torch.contiguous(half, memory_format=2)
              else:
                z = half
              y = z
            return y
            """);

    private final String parameters;
    private final String body;

    ScriptSnippet(String parameters, String body) {
        this.parameters = parameters;
        this.body = body;
    }

    /** Writes an archive whose {@code forward} it is, and closes the stream. */
    public void write(OutputStream out) throws IOException {
        MethodCode code = new MethodCode();
        body.lines().forEach(code::line);
        ScriptModule module = new ScriptModule();
        module.method("forward", parameters, "Tensor", code);
        module.write(out, Map.of());
    }
}
