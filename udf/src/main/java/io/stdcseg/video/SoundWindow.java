// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

/**
 * Which part of a source's sound is heard, and when. Times in seconds; the source's may be negative
 * or infinite.
 *
 * @param from source time at which sound begins to be taken
 * @param to source time at which it ends
 * @param shift by how much later it is heard than the source says
 */
record SoundWindow(double from, double to, double shift) {}
