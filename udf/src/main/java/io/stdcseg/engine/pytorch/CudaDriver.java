// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.Optional;

/**
 * NVIDIA's driver, as its library knows it; another than CUDA's runtime, which goes with PyTorch.
 */
interface CudaDriver {

    /** The result of its start: 0, or the number of an error. */
    int start();

    /** What it says of an error. */
    String describe(int error);

    /** The newest CUDA that it knows: 12040 is 12.4. */
    int version();

    /**
     * Has threads of this process sleep while they wait for a GPU; by default they spin, which
     * takes a core from decoders and encoders. The start must have succeeded.
     *
     * @return 0, or the number of an error
     */
    int sleepWhileWaiting(int gpu);

    /** The driver of this machine; empty if there is none. */
    static Optional<CudaDriver> ofThisMachine() {
        try {
            String name = Platform.isWindows() ? "nvcuda" : "libcuda.so.1";
            return Optional.of(new Library(NativeLibrary.getInstance(name)));
        } catch (LinkageError e) {
            return Optional.empty();
        }
    }

    /** The driver's library, called through JNA. */
    record Library(NativeLibrary library) implements CudaDriver {

        /** CU_CTX_SCHED_BLOCKING_SYNC of {@code cuda.h}. */
        private static final int SLEEPING = 4;

        @Override
        public int start() {
            return library.getFunction("cuInit").invokeInt(new Object[] {0});
        }

        @Override
        public String describe(int error) {
            PointerByReference text = new PointerByReference();
            library.getFunction("cuGetErrorString").invokeInt(new Object[] {error, text});
            return text.getValue() == null ? "unknown error" : text.getValue().getString(0);
        }

        @Override
        public int sleepWhileWaiting(int gpu) {
            IntByReference device = new IntByReference();
            int error = library.getFunction("cuDeviceGet").invokeInt(new Object[] {device, gpu});
            // Of the context that PyTorch shares with everybody, which need not exist yet.
            return error != 0
                    ? error
                    : library.getFunction("cuDevicePrimaryCtxSetFlags_v2")
                            .invokeInt(new Object[] {device.getValue(), SLEEPING});
        }

        @Override
        public int version() {
            IntByReference version = new IntByReference();
            library.getFunction("cuDriverGetVersion").invokeInt(new Object[] {version});
            return version.getValue();
        }
    }
}
