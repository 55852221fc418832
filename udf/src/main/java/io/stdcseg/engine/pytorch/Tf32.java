// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import io.stdcseg.error.WarnOnce;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TF32: floats of 10 bits of mantissa instead of 23, in which PyTorch lets cuDNN compute the
 * convolutions of single precision on GPUs from Ampere on, unless it is told not to. DJL has no
 * words for that, so that the switch is PyTorch's own, in its library for C++.
 */
final class Tf32 {

    private static final Logger LOG = LoggerFactory.getLogger(Tf32.class);

    private static final String LIBRARY = "torch_cpu";

    // at::globalContext(), at::Context::setAllowTF32CuDNN(bool), at::Context::allowTF32CuDNN()
    private static final String CONTEXT = "_ZN2at13globalContextEv";
    private static final String ALLOW = "_ZN2at7Context17setAllowTF32CuDNNEb";
    private static final String ALLOWED = "_ZNK2at7Context14allowTF32CuDNNEv";

    private Tf32() {}

    /** Has the whole process compute in single precision; says so if it cannot. */
    static void off() {
        try {
            allow(false);
        } catch (LinkageError | RuntimeException e) {
            WarnOnce.once(
                    LOG,
                    "TF32",
                    "fp32 may be TF32, with 10 bits of mantissa, on this GPU: this libtorch has no"
                            + " switch for it ("
                            + LibtorchLibrary.reason(e)
                            + "); NVIDIA_TF32_OVERRIDE=0 in the environment turns it off");
        }
    }

    static void allow(boolean allowed) {
        function(ALLOW).invokeVoid(new Object[] {context(), allowed ? 1 : 0});
    }

    static boolean allowed() {
        // A C++ bool is the lowest byte of what comes back.
        return (function(ALLOWED).invokeInt(new Object[] {context()}) & 0xff) != 0;
    }

    private static Pointer context() {
        return function(CONTEXT).invokePointer(new Object[0]);
    }

    private static Function function(String symbol) {
        return LibtorchLibrary.named(LIBRARY).getFunction(symbol);
    }
}
