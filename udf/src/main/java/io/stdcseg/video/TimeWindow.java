// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

/**
 * Which part of a source goes along with its video, and when. Times in seconds; the source's may be
 * negative or infinite.
 *
 * @param from source time at which it begins
 * @param to source time at which it ends
 * @param shift by how much later it is shown and heard than the source says
 */
record TimeWindow(double from, double to, double shift) {}
