// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.sql;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelFileReader;
import io.stdcseg.label.LabelSet;
import io.stdcseg.label.MaskFileReader;
import io.stdcseg.label.MaskFiles;
import io.stdcseg.metric.PixelCounts;
import io.stdcseg.metric.Scores;
import java.util.function.Function;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.table.functions.AggregateFunction;

/**
 * SQL aggregate {@code MIOU(mask, label [, label set])}: mean IoU over the classes that are in
 * masks or labels, of all pixels that have a label; null without any.
 *
 * <p>Both are PNG files of ids: train ids, unless the label's are those of the label files of a set
 * that is named. Rows in which either is missing do not count. Pixels labelled 255 do not either.
 * What cannot be read ends the job.
 */
public final class Miou extends AggregateFunction<Double, Miou.Confusion> {

    private static final long serialVersionUID = 1L;

    private transient MaskFileReader masks;
    private transient MaskFileReader trainIds;
    private transient LabelFileReader labels;
    private transient String labelSet;

    /** Accumulator: pixels by label, a row each, and prediction. */
    public static final class Confusion {

        /** As many rows as columns. */
        public long[] pixels = {};
    }

    @Override
    public Confusion createAccumulator() {
        return new Confusion();
    }

    /** Counts a mask whose label holds train ids. */
    public void accumulate(Confusion sum, byte[] mask, byte[] label) {
        count(sum, mask, label, this::trainIds);
    }

    /** Counts a mask whose label holds the ids of a label set's files. */
    public void accumulate(Confusion sum, byte[] mask, byte[] label, String set) {
        count(sum, mask, label, bytes -> labels(set).read("of MIOU", bytes));
    }

    private void count(
            Confusion sum, byte[] mask, byte[] label, Function<byte[], MaskFiles.Ids> labels) {
        if (mask == null || label == null) {
            return;
        }
        try {
            count(sum, mask(mask), labels.apply(label));
        } catch (InputException e) {
            // A restart would meet it again.
            throw new SuppressRestartsException(e);
        }
    }

    private MaskFiles.Ids mask(byte[] mask) {
        if (masks == null) {
            masks = new MaskFileReader();
        }
        return masks.read("mask of MIOU", mask);
    }

    private MaskFiles.Ids trainIds(byte[] label) {
        if (trainIds == null) {
            trainIds = new MaskFileReader();
        }
        return trainIds.read("label of MIOU", label);
    }

    private LabelFileReader labels(String set) {
        if (!set.equals(labelSet)) {
            labels = new LabelFileReader(LabelSet.of(set));
            labelSet = set;
        }
        return labels;
    }

    private static void count(Confusion sum, MaskFiles.Ids mask, MaskFiles.Ids label) {
        if (mask.width() != label.width() || mask.height() != label.height()) {
            throw new InputException(
                    "MIOU: a mask of "
                            + mask.width()
                            + "x"
                            + mask.height()
                            + " has a label of "
                            + label.width()
                            + "x"
                            + label.height()
                            + "; they must be equal");
        }
        int classes = size(sum);
        for (int i = 0; i < label.ids().length; i++) {
            if ((label.ids()[i] & 255) != LabelSet.IGNORE) {
                classes = Math.max(classes, 1 + (label.ids()[i] & 255));
                classes = Math.max(classes, 1 + (mask.ids()[i] & 255));
            }
        }
        grow(sum, classes);
        for (int i = 0; i < label.ids().length; i++) {
            if ((label.ids()[i] & 255) != LabelSet.IGNORE) {
                sum.pixels[(label.ids()[i] & 255) * classes + (mask.ids()[i] & 255)]++;
            }
        }
    }

    /** Adds other sums. */
    public void merge(Confusion sum, Iterable<Confusion> others) {
        for (Confusion other : others) {
            int classes = Math.max(size(sum), size(other));
            grow(sum, classes);
            grow(other, classes);
            for (int i = 0; i < sum.pixels.length; i++) {
                sum.pixels[i] += other.pixels[i];
            }
        }
    }

    /** Begins again. */
    public void resetAccumulator(Confusion sum) {
        sum.pixels = new long[0];
    }

    @Override
    public Double getValue(Confusion sum) {
        return sum.pixels.length == 0
                ? null
                : Scores.orNull(Scores.of(PixelCounts.fromLongs(sum.pixels)).miou());
    }

    private static int size(Confusion sum) {
        return (int) Math.round(Math.sqrt(sum.pixels.length));
    }

    private static void grow(Confusion sum, int classes) {
        int before = size(sum);
        if (classes == before) {
            return;
        }
        long[] grown = new long[classes * classes];
        for (int label = 0; label < before; label++) {
            System.arraycopy(sum.pixels, label * before, grown, label * classes, before);
        }
        sum.pixels = grown;
    }
}
