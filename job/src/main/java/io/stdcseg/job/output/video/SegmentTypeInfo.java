// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.frame.OpaqueTypeInfo;

/** Tells Flink how segments travel. */
public final class SegmentTypeInfo extends OpaqueTypeInfo<Segment> {

    private static final long serialVersionUID = 1L;

    public static final SegmentTypeInfo INSTANCE = new SegmentTypeInfo();

    private SegmentTypeInfo() {
        super(Segment.class, SegmentTypeSerializer.INSTANCE);
    }
}
