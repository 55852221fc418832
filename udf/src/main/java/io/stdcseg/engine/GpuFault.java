// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

/**
 * Fault that keeps an engine from the GPUs of a machine that has a driver for them.
 *
 * @param reason part of a sentence, in the driver's own words where it has any
 * @param alarming whether there should be GPUs; false where the driver finds none, as users have it
 *     who hide them
 */
public record GpuFault(String reason, boolean alarming) {}
