// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.engine.PictureSize;
import io.stdcseg.engine.RequestShape;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.error.WarnOnce;
import io.stdcseg.frame.YuvToRgb;
import io.stdcseg.network.torchscript.ScriptSnippet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transfer of batches to a device, and of their masks back: one copy each, from and to page-locked
 * memory where the device is a GPU, so that it waits for neither the driver's own copy nor, on the
 * way there, for what the GPU is doing. Batches at the same time have streams of their own, so that
 * the copies of one cross beside what is computed of another. What pads a batch is made on the
 * device. Thread-safe but for {@link #close()}.
 */
final class BatchTransfer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BatchTransfer.class);

    private final NDManager memory;
    private final NDArray there;
    private final Model upload;
    private final Model download;
    private final Model pin;
    private final Device device;
    private final Deque<Staging> idle = new ConcurrentLinkedDeque<>();

    /** What one call at a time has. What a failed one leaves in the stream precedes the next. */
    private record Staging(
            StagingBuffer pictures,
            StagingBuffer numbers,
            StagingBuffer masks,
            CudaStream stream) {}

    /**
     * @param model whose pictures and masks they are; what is here must be closed before it
     */
    BatchTransfer(Model model, Device device) {
        this(model, device, device.isGpu());
    }

    /**
     * @param pinned whether to page-lock memory, if that can be
     */
    BatchTransfer(Model model, Device device, boolean pinned) {
        this.memory = model.getNDManager().newSubManager(Device.cpu());
        this.there = model.getNDManager().newSubManager().zeros(new Shape(1), DataType.UINT8);
        this.upload = ModelLoader.load(ScriptSnippet.UPLOAD, device);
        this.download = ModelLoader.load(ScriptSnippet.DOWNLOAD, device);
        this.pin = pinned ? ModelLoader.load(ScriptSnippet.PIN, device) : null;
        this.device = device;
        // Here the device is known to be sound.
        idle.push(staging());
    }

    /**
     * Segments a batch of one size and kind.
     *
     * @param scope what the call needs on the device goes with it
     * @param masks of 8-bit (pictures, rows, columns, 3); or of planes (pictures, rows * 3 / 2,
     *     columns), and (pictures, 8), the numbers by which each becomes RGB; gives 8-bit
     *     (pictures, rows, columns)
     */
    void segment(NDManager scope, List<SegmentRequest> batch, Function<NDList, NDArray> masks) {
        Staging kept = idle.poll();
        Staging staging = kept == null ? staging() : kept;
        try {
            staging.stream.run(() -> segment(scope, batch, masks, staging));
        } finally {
            idle.push(staging);
        }
    }

    private void segment(
            NDManager scope,
            List<SegmentRequest> batch,
            Function<NDList, NDArray> masks,
            Staging staging) {
        int pictures = withoutPadding(batch);
        NDList padded = new NDList();
        for (NDArray input : upload(scope, batch.subList(0, pictures), staging)) {
            padded.add(pad(input, batch.size()));
        }
        download(scope, masks.apply(padded), batch.subList(0, pictures), staging);
    }

    private Staging staging() {
        return new Staging(
                new StagingBuffer(memory, DataType.UINT8, this::pinned),
                new StagingBuffer(memory, DataType.INT32, this::pinned),
                new StagingBuffer(memory, DataType.UINT8, this::pinned),
                CudaStream.take(device));
    }

    /** In page-locked memory, if there is a GPU and the system allows it. */
    private NDArray pinned(NDArray plain) {
        if (pin == null) {
            return plain;
        }
        try {
            return ScriptMethod.run(pin, memory, new NDList(plain)).singletonOrThrow();
        } catch (EngineException e) {
            WarnOnce.once(
                    LOG,
                    "page-locked",
                    "copies to the GPU are slower than they could be: no memory can be page-locked"
                            + " ("
                            + LibtorchLibrary.reason(e)
                            + ")");
            return plain;
        }
    }

    /** Pictures at the end that are the same request as the one before need not cross the bus. */
    @SuppressWarnings("ReferenceEquality") // Comparing what buffers hold would take longer.
    static int withoutPadding(List<SegmentRequest> batch) {
        int pictures = batch.size();
        while (pictures > 1 && batch.get(pictures - 1) == batch.get(pictures - 2)) {
            pictures--;
        }
        return pictures;
    }

    private NDList upload(NDManager scope, List<SegmentRequest> batch, Staging staging) {
        RequestShape shape = RequestShape.of(batch);
        NDArray here = staging.pictures.array(scope, BatchArrays.shape(shape, batch.size()));
        int bytes = shape.pictureBytes();
        for (int i = 0; i < batch.size(); i++) {
            staging.pictures.bytes().put(i * bytes, batch.get(i).picture(), 0, bytes);
        }
        NDList crossed = ScriptMethod.run(upload, scope, new NDList(here, there));
        if (shape.planes()) {
            NDArray numbers =
                    staging.numbers.array(scope, new Shape(batch.size(), YuvToRgb.COEFFICIENTS));
            IntBuffer target = staging.numbers.bytes().order(ByteOrder.nativeOrder()).asIntBuffer();
            batch.forEach(request -> target.put(request.yuvToRgb().coefficients()));
            crossed.addAll(ScriptMethod.run(upload, scope, new NDList(numbers, there)));
        }
        return crossed;
    }

    /** The last of what is there for each picture comes again. */
    private static NDArray pad(NDArray pictures, int wanted) {
        int present = (int) pictures.getShape().get(0);
        if (present == wanted) {
            return pictures;
        }
        NDArray last = pictures.get(new NDIndex().addSliceDim(present - 1, present));
        return NDArrays.concat(new NDList(pictures, last.repeat(0, wanted - present)));
    }

    private void download(
            NDManager scope, NDArray masks, List<SegmentRequest> batch, Staging staging) {
        int pixels = PictureSize.of(batch).pixels();
        NDArray wanted = masks.get(new NDIndex().addSliceDim(0, batch.size()));
        NDArray here = staging.masks.array(scope, wanted.getShape());
        ScriptMethod.run(download, scope, new NDList(here, wanted));
        ByteBuffer ids = staging.masks.bytes();
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).mask().put(0, ids, i * pixels, pixels);
        }
    }

    /** No call may be running. */
    @Override
    public void close() {
        idle.forEach(staging -> staging.stream.giveBack());
        there.getManager().close();
        memory.close();
        upload.close();
        download.close();
        if (pin != null) {
            pin.close();
        }
    }
}
