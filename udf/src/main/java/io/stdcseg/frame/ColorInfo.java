// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import java.io.Serializable;

/**
 * How a stream's numbers become light; the codes of ISO/IEC 23091-2 (CICP), 2 where the stream does
 * not say.
 *
 * @param fullRange whether luma uses 0 to 255 rather than 16 to 235
 */
public record ColorInfo(int primaries, int transfer, int matrix, boolean fullRange)
        implements Serializable {

    public static final ColorInfo UNSPECIFIED = new ColorInfo(2, 2, 2, false);
}
