// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

/** What a network learns, and everything in a recipe that depends on that. */
public sealed interface TaskOptions permits SegmentationOptions, ClassificationOptions {}
