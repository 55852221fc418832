// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Engines;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
                    },
                    HostPlace::take);

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
    private final Supplier<HostPlace> places;
    private final Map<Key, Entry> entries = new HashMap<>();

    /** Among others of this host; null while there are no networks, or no choice of devices. */
    private HostPlace place;

    /** Networks of a process that has its devices to itself. */
    public SharedNetworks(Opener opener) {
        this(opener, () -> HostPlace.alone(0));
    }

    /**
     * @param places are different for those who use the same devices at the same time
     */
    SharedNetworks(Opener opener, Supplier<HostPlace> places) {
        this.opener = opener;
        this.places = places;
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
     * has. May take seconds. Where several are alike, processes of one host begin with different
     * ones, so that those with one slot do not all meet on the first.
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
            key = leastUsed(jobId, shared, fromMyPlace(devices));
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

    /**
     * Whether every network of a job that is loaded here takes planes in the place of RGB, and one
     * is. Whoever brings frames to a lease of his own may ask for each; never waits for a load.
     */
    public boolean takePlanes(String jobId) {
        List<SharedNetwork> loaded;
        synchronized (entries) {
            loaded =
                    entries.entrySet().stream()
                            .filter(entry -> entry.getKey().jobId.equals(jobId))
                            .map(entry -> entry.getValue().network)
                            .filter(SharedNetwork::isLoaded)
                            .toList();
        }
        return !loaded.isEmpty() && loaded.stream().allMatch(SharedNetwork::takesPlanes);
    }

    private List<String> fromMyPlace(List<String> devices) {
        if (devices.size() == 1) {
            return devices;
        }
        if (place == null) {
            place = places.get();
        }
        List<String> turned = new ArrayList<>(devices);
        Collections.rotate(turned, -(place.number() % devices.size()));
        return turned;
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
            if (entries.isEmpty() && place != null) {
                place.close();
                place = null;
            }
        }
        unused.close()
                .exceptionally(
                        error -> {
                            LOG.warn("network on {} was not freed", key.device, error);
                            return null;
                        });
    }
}
