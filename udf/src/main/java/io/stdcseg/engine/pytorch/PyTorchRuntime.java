// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import io.stdcseg.engine.Devices;
import io.stdcseg.error.InputException;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PyTorch's runtime in this process, loaded once.
 *
 * <p>A native library belongs to the class loader that loaded it. Where DJL lies in Flink's {@code
 * lib}, every job shares it; a job that brings its own can be the only one of its process, which is
 * what the errors here explain.
 */
public final class PyTorchRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(PyTorchRuntime.class);

    private static final String NAME = "PyTorch";
    private static final String REMEDY =
            "; run scripts/install-flink-lib FLINK_HOME and restart the cluster";

    /**
     * What its allocator says, what CUDA's libraries do, and what remains where each way that cuDNN
     * has for a convolution found no memory: that there is none.
     */
    private static final List<String> LACKS_MEMORY =
            List.of("out of memory", "status_alloc_failed", "unable to find an engine to execute");

    private static Engine engine;

    private PyTorchRuntime() {}

    /**
     * The engine. The calling thread takes no gradients from now on, unless it asks for them:
     * PyTorch lets every thread but the one that loaded it take them.
     *
     * @param threads of one operation on a CPU; 0 = one per core. Only the first call decides
     */
    public static synchronized Engine get(int threads) {
        if (engine == null) {
            engine = load(threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
            LOG.info("PyTorch {} runs on {} threads", engine.getVersion(), threads());
        } else if (threads > 0 && threads != threads()) {
            LOG.warn("{} threads were asked for, but PyTorch runs on {}", threads, threads());
        }
        JniUtils.setGradMode(false);
        return engine;
    }

    /** Threads of one operation on a CPU. */
    public static int threads() {
        return JniUtils.getNumThreads();
    }

    /**
     * DJL's device of one of our names, those of {@link Devices}; to be asked for before its use.
     */
    public static Device device(String name) {
        if (!Devices.isGpu(name)) {
            return Device.cpu();
        }
        GpuWaits.sleep(Devices.number(name));
        return Device.gpu(Devices.number(name));
    }

    /** Gives a GPU the memory back that PyTorch keeps for what comes next; nothing on a CPU. */
    static void emptyCache(String device) {
        if (Devices.isGpu(device)) {
            JniUtils.emptyCudaCache();
        }
    }

    /** Whether a device lacked memory; PyTorch's other errors differ from it in their text only. */
    static boolean ranOutOfMemory(Throwable error) {
        String words = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        return error instanceof EngineException && LACKS_MEMORY.stream().anyMatch(words::contains);
    }

    private static Engine load(int threads) {
        setUnlessSet("OPT_OUT_TRACKING", "true");
        setUnlessSet("ai.djl.pytorch.num_threads", Integer.toString(threads));
        setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
        setUnlessSet("ai.djl.pytorch.graph_optimizer", "false");
        // On a GPU: times the convolutions that cuDNN has for each new shape and keeps the fastest.
        setUnlessSet("ai.djl.pytorch.cudnn_benchmark", "true");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader djl = Engine.class.getClassLoader();
        try (CudaRuntime runtime = CudaRuntime.offer(djl)) {
            // DJL finds its engine, libraries and properties through the context class loader.
            thread.setContextClassLoader(djl);
            Engine loaded = Engine.getEngine(NAME);
            LibtorchLog.keepToErrors();
            return loaded;
        } catch (LinkageError | RuntimeException e) {
            throw explain(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    static InputException explain(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        if (reason.contains("already loaded in another classloader")) {
            return new InputException(
                    "PyTorch is already loaded by another job of this process, and a jar that"
                            + " brings it along works once in each"
                            + REMEDY
                            + ", and submit stdc-job.jar; or use application mode",
                    error);
        }
        // A library that lacks another one, such as the driver of a GPU, is where it belongs.
        String remedy = cause instanceof UnsatisfiedLinkError ? "" : REMEDY;
        return new InputException("PyTorch cannot be loaded: " + reason + remedy, error);
    }
}
