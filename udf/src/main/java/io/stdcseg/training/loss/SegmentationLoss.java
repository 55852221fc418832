// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.network.StdcSeg.Outputs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Segmentation loss of STDC-Seg: OHEM cross entropy at the main and both auxiliary heads, detail
 * guidance and, where asked for, soft IoU at the main head, all added up.
 *
 * @see <a href="https://arxiv.org/abs/2104.13188">Rethinking BiSeNet for Real-time Semantic
 *     Segmentation</a>
 */
public final class SegmentationLoss {

    /** OHEM cross entropy, main head. */
    public static final String MAIN = "main";

    /** The same of the auxiliary head on the maps at 1/8. */
    public static final String HEAD_16 = "head16";

    /** The same of the auxiliary head on the maps at 1/16. */
    public static final String HEAD_32 = "head32";

    /** Soft IoU loss, main head, times its weight. */
    public static final String OVERLAP = "overlap";

    /** Binary cross entropy of the boundaries, added up over the detail heads. */
    public static final String EDGES = "edges";

    /** Divergence from a teacher's scores, see {@link DistillationLoss}. */
    public static final String TEACHER = "teacher";

    /** Dice loss of the boundaries, added up over the detail heads. */
    public static final String DICE = "dice";

    private final LossOptions options;
    private final float[] classWeights;
    private final OhemCrossEntropy ohem;

    /**
     * @param classWeights by train id, see {@link ClassWeights#values}
     */
    public SegmentationLoss(LossOptions options, float[] classWeights) {
        this.options = options;
        this.classWeights = classWeights.clone();
        this.ohem = new OhemCrossEntropy(options.threshold(), options.hardShare());
    }

    /** The detail heads that it needs: at 1/2 by 2, and so on. */
    public List<Integer> details() {
        return options.details();
    }

    /**
     * The losses of a batch; everything made belongs to the outputs' manager.
     *
     * @param outputs of the network, with {@link #details()}
     * @param labels of the same pictures, of the input's size
     */
    public DifferentiableLosses losses(Outputs<NDArray> outputs, LabelBatch labels) {
        NDManager manager = outputs.out().getManager();
        GroundTruth truth = GroundTruth.of(labels, classWeights, manager);
        NDArray main = ohem.loss(outputs.out(), truth);
        NDArray head16 = ohem.loss(outputs.out16(), truth);
        NDArray head32 = ohem.loss(outputs.out32(), truth);
        NDArray edges = manager.create(0f);
        NDArray dice = manager.create(0f);
        if (!options.details().isEmpty()) {
            NDArray target = detailTarget(labels, manager);
            for (int size : options.details()) {
                NDArray scores = outputs.details().get(size);
                DetailLoss detail = DetailLoss.of(scores, target);
                edges = edges.add(detail.edges());
                dice = dice.add(detail.dice());
            }
        }
        Map<String, NDArray> terms = new LinkedHashMap<>();
        terms.put(MAIN, main);
        terms.put(HEAD_16, head16);
        terms.put(HEAD_32, head32);
        if (options.overlap() > 0) {
            NDArray overlap = JaccardLoss.of(outputs.out(), truth);
            terms.put(OVERLAP, ScalarOps.multiply(overlap, options.overlap()));
        }
        terms.put(EDGES, edges);
        terms.put(DICE, dice);
        return new DifferentiableLosses(terms);
    }

    /**
     * The losses of a batch whose first pictures have labels, beside a teacher's loss of all: what
     * labels say is multiplied by {@code share}.
     *
     * @param outputs of the network, with {@link #details()}
     * @param labels of the first pictures; null if none has any
     * @param teacher the teacher's loss, a scalar
     */
    public DifferentiableLosses losses(
            Outputs<NDArray> outputs, LabelBatch labels, double share, NDArray teacher) {
        Map<String, NDArray> terms = new LinkedHashMap<>();
        if (labels == null) {
            NDArray none = teacher.getManager().create(0f);
            List<String> names = new ArrayList<>(List.of(MAIN, HEAD_16, HEAD_32, EDGES, DICE));
            if (options.overlap() > 0) {
                names.add(3, OVERLAP);
            }
            names.forEach(name -> terms.put(name, none));
        } else {
            losses(first(labels.pictures(), outputs), labels)
                    .terms()
                    .forEach((name, term) -> terms.put(name, ScalarOps.multiply(term, share)));
        }
        terms.put(TEACHER, teacher);
        return new DifferentiableLosses(terms);
    }

    /** The outputs of the first pictures. */
    private static Outputs<NDArray> first(int pictures, Outputs<NDArray> outputs) {
        if (outputs.out().getShape().get(0) == pictures) {
            return outputs;
        }
        NDIndex these = new NDIndex(":" + pictures);
        Map<Integer, NDArray> details = new HashMap<>();
        outputs.details().forEach((size, scores) -> details.put(size, scores.get(these)));
        return new Outputs<>(
                outputs.out().get(these),
                outputs.out16().get(these),
                outputs.out32().get(these),
                details,
                outputs.logits(),
                outputs.context());
    }

    private NDArray detailTarget(LabelBatch labels, NDManager manager) {
        int pixels = labels.pictures() * labels.rows() * labels.columns();
        ByteBuffer target = ByteBuffer.allocateDirect(4 * pixels).order(ByteOrder.nativeOrder());
        new DetailTarget(labels, options.detailTarget()).write(target.asFloatBuffer());
        Shape shape = new Shape(labels.pictures(), 1, labels.rows(), labels.columns());
        return manager.create(target, shape, DataType.FLOAT32);
    }
}
