// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.picture;

import java.nio.ByteBuffer;

/** One picture, as a viewer sees it, in whatever memory it was decoded to. */
public interface DecodedPicture extends AutoCloseable {

    /** Columns of the upright picture. */
    int width();

    /** Rows of the upright picture. */
    int height();

    /**
     * Writes the upright picture as rows of RGB triples.
     *
     * @param target direct; {@code 3 * width * height} bytes are written from its position on,
     *     which stays where it is
     */
    void writeRgb(ByteBuffer target);

    /** Frees its memory, if it is not Java's. */
    @Override
    void close();
}
