// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.engine.Engine;
import ai.djl.util.Utils;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CUDA runtime library (libcudart), shown to DJL as long as it looks for it.
 *
 * <p>DJL asks that library for the number of GPUs and the version of CUDA before it chooses a
 * libtorch, and knows only one that is installed: where there is none, or one that is older than
 * libtorch or newer than the driver, it would choose the libtorch for CPUs. The right one comes
 * along with the libtorch for GPUs, so that a machine needs nothing of CUDA but the driver.
 */
final class CudaRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CudaRuntime.class);

    /** Where JNA, through which DJL calls the library, looks first. */
    static final String SEARCH_PATH = "jna.library.path";

    private static final String DESCRIPTION = "native/lib/pytorch.properties";
    private static final String LIBRARY = "libcudart.so";

    private final Path folder;

    private CudaRuntime(Path folder) {
        this.folder = folder;
    }

    /** Shows DJL the library of a libtorch on the class path, unless users show it theirs. */
    static CudaRuntime offer(ClassLoader loader) {
        if (System.getProperty(SEARCH_PATH) == null) {
            try {
                Optional<String> library = find(loader);
                if (library.isPresent()) {
                    return unpack(loader, library.get());
                }
            } catch (IOException e) {
                LOG.warn(
                        "GPUs may be overlooked, CUDA's runtime cannot be unpacked: {}",
                        e.toString());
            }
        }
        return new CudaRuntime(null);
    }

    /** Whether there is a libtorch for GPUs: on the class path, or one of the user's. */
    static boolean hasLibtorch() {
        String flavor = Utils.getEnvOrSystemProperty("PYTORCH_FLAVOR");
        if (flavor != null) {
            return flavor.startsWith("cu");
        }
        try {
            return find(Engine.class.getClassLoader()).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The resource that is the library. */
    private static Optional<String> find(ClassLoader loader) throws IOException {
        for (URL description : Collections.list(loader.getResources(DESCRIPTION))) {
            Properties libtorch = new Properties();
            try (InputStream in = description.openStream()) {
                libtorch.load(in);
            }
            String platform =
                    libtorch.getProperty("flavor") + "/" + libtorch.getProperty("classifier");
            Optional<String> library =
                    Arrays.stream(libtorch.getProperty("libraries", "").split(","))
                            .filter(name -> name.startsWith("libcudart"))
                            .map(name -> "pytorch/" + platform + "/" + name)
                            .findFirst();
            if (library.isPresent()) {
                return library;
            }
        }
        return Optional.empty();
    }

    private static CudaRuntime unpack(ClassLoader loader, String library) throws IOException {
        Path folder = Files.createTempDirectory("stdcseg-cuda");
        CudaRuntime runtime = new CudaRuntime(folder);
        try (InputStream in = loader.getResourceAsStream(library)) {
            if (in == null) {
                throw new IOException(library + " is missing on the class path");
            }
            Files.copy(in, folder.resolve(LIBRARY));
        } catch (IOException e) {
            runtime.close();
            throw e;
        }
        System.setProperty(SEARCH_PATH, folder.toString());
        checkLoads(folder.resolve(LIBRARY));
        return runtime;
    }

    /** DJL says nothing of a library that cannot be loaded, and finds no GPU. */
    private static void checkLoads(Path library) {
        try {
            NativeLibrary.getInstance(library.toString());
        } catch (LinkageError e) {
            LOG.warn(
                    "GPUs may be overlooked, CUDA's runtime cannot be loaded from {}: {}; where a"
                            + " folder allows no execution, -Djava.io.tmpdir names another",
                    library.getParent(),
                    // JNA's first line names the library, the next one the reason.
                    String.valueOf(e.getMessage()).lines().skip(1).findFirst().orElse(""));
        }
    }

    /** Takes the library away again; who has loaded it keeps it. */
    @Override
    public void close() {
        if (folder == null) {
            return;
        }
        System.clearProperty(SEARCH_PATH);
        try {
            Files.deleteIfExists(folder.resolve(LIBRARY));
            Files.delete(folder);
        } catch (IOException e) {
            LOG.debug("{} stays behind", folder, e);
        }
    }
}
