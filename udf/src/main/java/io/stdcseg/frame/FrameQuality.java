// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

/**
 * Quality of one frame's mask, each value 0 to 1 and NaN where it is not known.
 *
 * @param miou mean IoU of the frame alone, of one that has a label
 * @param pixelAccuracy part of the labelled pixels that was predicted as labelled
 * @param stability mean IoU with the mask before it
 * @param temporalConsistency the same after the motion between the two pictures
 * @param uncertainShare share of the pixels of which the network is not sure
 */
public record FrameQuality(
        double miou,
        double pixelAccuracy,
        double stability,
        double temporalConsistency,
        double uncertainShare) {}
