// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Device;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Structure;
import io.stdcseg.error.WarnOnce;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CUDA stream: a queue of a GPU, whose copies and kernels run in order, and beside those of other
 * queues. PyTorch queues what a thread asks of it in the thread's current stream, and gives memory
 * only to further work of the stream that it was taken for: whatever is made in a stream is to be
 * read in it, too, or after somebody has waited for it.
 *
 * <p>DJL has no words for streams. {@code c10::cuda} has, and is called through JNA where it
 * answers as it should; elsewhere everything of a process goes to the one stream there is.
 */
final class CudaStream {

    private static final Logger LOG = LoggerFactory.getLogger(CudaStream.class);

    static final String LIBRARY = "c10_cuda";

    /** The one in which a thread works that chooses none. */
    static final CudaStream USUAL = new CudaStream(null, null);

    /** Of each GPU, those that nobody uses. Few do: cuBLAS keeps memory for each of them. */
    private static final Map<Byte, Deque<CudaStream>> IDLE = new ConcurrentHashMap<>();

    private final Streams streams;
    private final Value value;

    private CudaStream(Streams streams, Value value) {
        this.streams = streams;
        this.value = value;
    }

    /**
     * A stream that nobody else uses until it is given back; {@link #USUAL} for a CPU, and where a
     * GPU gives none, which is then said once. An error of the GPU would end the process here: to
     * be asked for after something has run on it.
     */
    static CudaStream take(Device device) {
        if (!device.isGpu()) {
            return USUAL;
        }
        byte gpu = (byte) device.getDeviceId();
        CudaStream idle = idle(gpu).poll();
        return idle != null ? idle : of(gpu, one -> new C10(LibtorchLibrary.named(LIBRARY), one));
    }

    /** Has others use it, behind what is in it now. */
    void giveBack() {
        if (streams != null) {
            idle(value.index).push(this);
        }
    }

    private static Deque<CudaStream> idle(byte gpu) {
        return IDLE.computeIfAbsent(gpu, absent -> new ConcurrentLinkedDeque<>());
    }

    /** One of those that PyTorch has in stock. */
    static CudaStream of(byte gpu, Function<Byte, Streams> opener) {
        try {
            Streams streams = opener.apply(gpu);
            Value own = streams.next();
            require(own.type == Value.CUDA && own.index == gpu, "a stream of GPU " + gpu, own);
            CudaStream stream = new CudaStream(streams, own);
            stream.run(
                    () -> {
                        Value now = streams.current();
                        require(own.isSame(now), own, now);
                    });
            return stream;
        } catch (LinkageError | RuntimeException e) {
            WarnOnce.once(
                    LOG,
                    "streams",
                    "batches on the GPU run one after the other, copies included: this libtorch"
                            + " gives no streams ("
                            + LibtorchLibrary.reason(e)
                            + ")");
            return USUAL;
        }
    }

    private static void require(boolean right, Object wanted, Value got) {
        if (!right) {
            throw new IllegalStateException(wanted + " was expected, and " + got + " came");
        }
    }

    /** Has the calling thread work in this stream for as long as {@code work} runs. */
    void run(Runnable work) {
        if (streams == null) {
            work.run();
            return;
        }
        Value before = streams.current();
        streams.use(value);
        try {
            work.run();
        } finally {
            streams.use(before);
        }
    }

    /** Streams of one GPU, and which of them the calling thread works in. */
    interface Streams {

        /** Another one of those in stock. */
        Value next();

        Value current();

        void use(Value stream);
    }

    /**
     * {@code c10::cuda::CUDAStream}: a {@code c10::Stream}, which is a {@code c10::Device} of two
     * bytes and a number of eight.
     */
    @Structure.FieldOrder({"type", "index", "id"})
    public static final class Value extends Structure implements Structure.ByValue {

        /** {@code c10::DeviceType::CUDA}. */
        static final byte CUDA = 1;

        public byte type;
        public byte index;
        public long id;

        boolean isSame(Value other) {
            return type == other.type && index == other.index && id == other.id;
        }

        @Override
        public String toString() {
            return "stream " + id + " of device " + index + " of type " + type;
        }
    }

    /** PyTorch's own functions. */
    record C10(NativeLibrary library, byte gpu) implements Streams {

        // c10::cuda::getStreamFromPool(int priority, signed char device)
        static final String FROM_POOL = "_ZN3c104cuda17getStreamFromPoolEia";

        // c10::cuda::getCurrentCUDAStream(signed char device)
        static final String CURRENT = "_ZN3c104cuda20getCurrentCUDAStreamEa";

        // c10::cuda::setCurrentCUDAStream(c10::cuda::CUDAStream)
        static final String USE = "_ZN3c104cuda20setCurrentCUDAStreamENS0_10CUDAStreamE";

        @Override
        public Value next() {
            return value(FROM_POOL, 0, gpu);
        }

        @Override
        public Value current() {
            return value(CURRENT, gpu);
        }

        @Override
        public void use(Value stream) {
            library.getFunction(USE).invokeVoid(new Object[] {stream});
        }

        private Value value(String symbol, Object... arguments) {
            return (Value) library.getFunction(symbol).invoke(Value.class, arguments);
        }
    }
}
