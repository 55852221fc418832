// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import java.util.Locale;

/** Programs of a few lines, without constants: what PyTorch can do and DJL cannot ask it for. */
enum ScriptSnippets implements ModuleProgram {
    /** Bilinear resizing, corner on corner. */
    RESIZING(
            """
              def forward(self: __torch__.%s, x: Tensor, like: Tensor) -> Tensor:
                size = [torch.size(like, 0), torch.size(like, 1)]
                return torch.upsample_bilinear2d(x, size, True, None)
            """),

    /** A convolution as others write it, whatever its size; channels last (2). */
    CONVOLVING(
            """
              def forward(self: __torch__.%s, x: Tensor, weight: Tensor) -> Tensor:
                y = torch.contiguous(x, memory_format=2)
                z = torch.contiguous(weight, memory_format=2)
                return torch.conv2d(y, z, None, [1, 1], [0, 0], [1, 1], 1)
            """),

    /** Floats to bfloat16 (15), channels last (2) if they are maps; anything else to floats (6). */
    CASTING(
            """
              def forward(self: __torch__.%s, x: Tensor) -> Tensor:
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

    private static final String CLASS_HEAD =
            "class "
                    + CLASS
                    + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n";

    private final ModuleConstants none = new ModuleConstants();
    private final String method;

    ScriptSnippets(String method) {
        this.method = method;
    }

    @Override
    public String text() {
        return CLASS_HEAD + String.format(Locale.ROOT, method, CLASS);
    }

    @Override
    public ModuleConstants constants() {
        return none;
    }
}
