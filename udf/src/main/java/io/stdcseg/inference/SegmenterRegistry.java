// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who uses which network; the networks of a process. Thread-safe. */
final class SegmenterRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(SegmenterRegistry.class);

    /** Where networks come from. */
    interface Opener {

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

    SegmenterRegistry(Opener opener) {
        this.opener = opener;
    }

    SharedSegmenter.Lease acquire(String jobId, SegmenterOptions options) {
        List<String> devices = opener.devices(options);
        Key key;
        SharedNetwork network;
        synchronized (entries) {
            key = leastUsed(jobId, options, devices);
            Entry entry = entries.computeIfAbsent(key, this::entry);
            entry.leases++;
            network = entry.network;
        }
        try {
            network.open();
        } catch (RuntimeException | Error e) {
            release(key);
            throw e;
        }
        return new SharedSegmenter.Lease(network, () -> release(key));
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
