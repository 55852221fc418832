// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Augmentation of labelled pictures as the published training does it, and variation of light and
 * camera.
 */
package io.stdcseg.training.augment;
