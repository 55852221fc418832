// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Tells Flink how segments travel. */
public final class SegmentTypeInfo extends TypeInformation<Segment> {

    public static final SegmentTypeInfo INSTANCE = new SegmentTypeInfo();

    private SegmentTypeInfo() {}

    @Override
    public TypeSerializer<Segment> createSerializer(SerializerConfig config) {
        return SegmentTypeSerializer.INSTANCE;
    }

    @Override
    public Class<Segment> getTypeClass() {
        return Segment.class;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof SegmentTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SegmentTypeInfo;
    }

    @Override
    public int hashCode() {
        return SegmentTypeInfo.class.hashCode();
    }

    @Override
    public String toString() {
        return "Segment";
    }
}
