// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

/** Nothing but bilinear resizing, corner on corner. */
final class ResizingCode implements ArchiveCode {

    private final Constants none = new Constants();

    @Override
    public String text() {
        return "class "
                + CLASS
                + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                + "  def forward(self: __torch__."
                + CLASS
                + ", x: Tensor, like: Tensor) -> Tensor:\n"
                + "    size = [torch.size(like, 0), torch.size(like, 1)]\n"
                + "    return torch.upsample_bilinear2d(x, size, True, None)\n";
    }

    @Override
    public boolean hasPreparation() {
        return false;
    }

    @Override
    public Constants constants() {
        return none;
    }
}
