// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.engine.SegmenterOptions;
import java.io.Serializable;

/**
 * Second network of a job, whose masks are only held against the first one's.
 *
 * @param options of it, with what its weights say
 * @param every it sees the frames whose numbers in their streams are multiples of this
 */
public record Shadow(SegmenterOptions options, int every) implements Serializable {}
