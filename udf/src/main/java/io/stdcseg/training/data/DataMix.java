// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

/**
 * Mix of data sets that batches are drawn from.
 *
 * @param training pictures of the data set
 * @param classAware draws some of those by class
 * @param extra labelled pictures beside it; may be none
 * @param extraShare share of all pictures that are extra ones, 0 to 1; 0 if there are none
 * @param unlabelled pictures without labels, for a teacher; may be none
 * @param unlabelledShare share of all pictures that are unlabelled, 0 to 1; 0 if there are none
 */
public record DataMix(
        AugmentedDataset training,
        ClassAwareSampler classAware,
        AugmentedDataset extra,
        double extraShare,
        AugmentedDataset unlabelled,
        double unlabelledShare) {

    public DataMix {
        extraShare = extra.size() == 0 ? 0 : extraShare;
        unlabelledShare = unlabelled.size() == 0 ? 0 : unlabelledShare;
    }

    /** Of labelled pictures, all of the data set as often. */
    public DataMix(AugmentedDataset training, AugmentedDataset extra, double extraShare) {
        this(training, ClassAwareSampler.NONE, extra, extraShare, AugmentedDataset.EMPTY, 0);
    }
}
