// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Effort of an encoder that has a choice: how long it looks for what resembles a picture. Segments
 * of either join, for what their headers say is the same.
 */
public enum EncoderEffort {

    /** As little time as the quality allows. */
    LEAST(""),

    /** Twice the time for 4 % fewer bytes and a better picture. */
    MORE(":partitions=p8x8,i4x4,i8x8");

    /** What headers say of: arithmetic coding, transforms, references. */
    private static final String HEADERS = "cabac=1:8x8dct=1:ref=1:weightp=0:no-deblock=0";

    /** How much of the machine must be left, in processors. */
    private static final double ENOUGH = 2;

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static final AtomicBoolean ASKED = new AtomicBoolean();

    private final String search;

    EncoderEffort(String search) {
        this.search = search;
    }

    /** What the processors have time for, by what they did since this was asked before. */
    public static EncoderEffort affordable() {
        double load = SYSTEM.getCpuLoad();
        boolean isKnown = ASKED.getAndSet(true);
        return isKnown ? of(load, SYSTEM.getAvailableProcessors()) : LEAST;
    }

    /**
     * What that leaves time for.
     *
     * @param load of all processors, 0 to 1; negative where it is not known
     */
    static EncoderEffort of(double load, int processors) {
        return load >= 0 && (1 - load) * processors >= ENOUGH ? MORE : LEAST;
    }

    /** Parameters of libx264 on top of its fastest preset. */
    String x264Parameters() {
        return HEADERS + ":subme=2:me=hex" + search;
    }
}
