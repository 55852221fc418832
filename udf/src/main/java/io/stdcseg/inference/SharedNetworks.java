// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Engines;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registry of shared networks: one per job and device, however many slots use it.
 *
 * <p>The first lease loads a network, the last one to close frees it. Thread-safe.
 */
public final class SharedNetworks {

    private static final Logger LOG = LoggerFactory.getLogger(SharedNetworks.class);

    private static final SharedNetworks OF_PROCESS =
            new SharedNetworks(
                    new Opener() {
                        @Override
                        public List<String> devices(SegmenterOptions options) {
                            return Engines.devices(options);
                        }

                        @Override
                        public Segmenter open(SegmenterOptions options, String device) {
                            return Engines.load(options, device);
                        }
                    });

    /** Opener of networks; tests have others. */
    public interface Opener {

        /** Names of the devices to use, at least one. */
        List<String> devices(SegmenterOptions options);

        Segmenter open(SegmenterOptions options, String device);
    }

    private record Key(String jobId, SegmenterOptions options, String device) {}

    /** A network and how many leases it has. */
    private static final class Entry {

        private final SharedNetwork network;
        private int leases;

        Entry(SharedNetwork network) {
            this.network = network;
        }
    }

    private final Opener opener;
    private final Map<Key, Entry> entries = new HashMap<>();

    public SharedNetworks(Opener opener) {
        this.opener = opener;
    }

    /** The networks that all slots of this process share. */
    public static SharedNetworks ofProcess() {
        return OF_PROCESS;
    }

    /** Whether all leases of a job are going to be of one and the same network. */
    public boolean isOne(SegmenterOptions options) {
        return opener.devices(CoreSharing.forManyCalls(options)).size() == 1;
    }

    /**
     * Takes a share in a network, on that of its devices which has the fewest; loads it if nobody
     * has. May take seconds.
     *
     * @param jobId networks are shared within a job
     * @throws io.stdcseg.error.InputException if weights or device cannot be used
     */
    public SharedNetwork.Lease acquire(String jobId, SegmenterOptions options) {
        SegmenterOptions shared = CoreSharing.forManyCalls(options);
        List<String> devices = opener.devices(shared);
        Key key;
        SharedNetwork network;
        synchronized (entries) {
            key = leastUsed(jobId, shared, devices);
            Entry entry = entries.computeIfAbsent(key, this::entry);
            entry.leases++;
            network = entry.network;
        }
        try {
            return network.lease(() -> release(key));
        } catch (RuntimeException | Error e) {
            release(key);
            throw e;
        }
    }

    private Entry entry(Key key) {
        return new Entry(
                new SharedNetwork(
                        key.options, key.device, () -> opener.open(key.options, key.device)));
    }

    private Key leastUsed(String jobId, SegmenterOptions options, List<String> devices) {
        return devices.stream()
                .map(device -> new Key(jobId, options, device))
                .min(
                        Comparator.comparingInt(
                                key -> entries.containsKey(key) ? entries.get(key).leases : 0))
                .orElseThrow();
    }

    private void release(Key key) {
        SharedNetwork unused;
        synchronized (entries) {
            Entry entry = entries.get(key);
            entry.leases--;
            if (entry.leases > 0) {
                return;
            }
            entries.remove(key);
            unused = entry.network;
        }
        unused.close()
                .exceptionally(
                        error -> {
                            LOG.warn("network on {} was not freed", key.device, error);
                            return null;
                        });
    }
}
