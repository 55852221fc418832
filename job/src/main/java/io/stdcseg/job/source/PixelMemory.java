// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source;

import io.stdcseg.frame.BufferAllocator;
import java.io.Serializable;
import java.util.function.Supplier;

/** Where the frames' memory comes from, on the machine that reads them. */
@FunctionalInterface
public interface PixelMemory extends Supplier<BufferAllocator>, Serializable {}
