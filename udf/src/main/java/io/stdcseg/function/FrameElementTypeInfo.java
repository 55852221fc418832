// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function;

import io.stdcseg.frame.FrameElement;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of streams that carry pixels, or markers among them. */
public final class FrameElementTypeInfo extends TypeInformation<FrameElement> {

    private static final long serialVersionUID = 1L;

    public static final FrameElementTypeInfo INSTANCE = new FrameElementTypeInfo();

    private FrameElementTypeInfo() {}

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
    public Class<FrameElement> getTypeClass() {
        return FrameElement.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<FrameElement> createSerializer(SerializerConfig config) {
        return FrameElementSerializer.INSTANCE;
    }

    @Override
    public String toString() {
        return "FrameElement";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FrameElementTypeInfo;
    }

    @Override
    public int hashCode() {
        return FrameElementTypeInfo.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof FrameElementTypeInfo;
    }
}
