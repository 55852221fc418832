// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

/** The type of streams that carry pixels, or markers among them. */
public final class FrameElementTypeInfo extends OpaqueTypeInfo<FrameElement> {

    private static final long serialVersionUID = 1L;

    public static final FrameElementTypeInfo INSTANCE = new FrameElementTypeInfo();

    private FrameElementTypeInfo() {
        super(FrameElement.class, FrameElementSerializer.INSTANCE);
    }
}
