// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.network.Variant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names that modules of other projects give their tensors, built as those nest their modules. */
final class ForeignNames {

    private static final List<String> NORM =
            List.of("weight", "bias", "running_mean", "running_var", "num_batches_tracked");

    /** By the other project's name, the published one; null where only training needs it. */
    private final Map<String, String> published = new LinkedHashMap<>();

    private final String sequence;

    private ForeignNames(String sequence) {
        this.sequence = sequence;
    }

    static Map<String, String> superGradients(Variant variant) {
        ForeignNames names = new ForeignNames("seq.");
        String backbone = "cp.backbone.stages.block_s";
        names.convNorm(backbone + "2.0", "cp.backbone.features.0");
        names.convNorm(backbone + "4.0", "cp.backbone.features.1");
        int feature = 2;
        for (int stage = 0; stage < 3; stage++) {
            for (int i = 0; i < variant.blocksPerStage().get(stage); i++) {
                String block = backbone + (8 << stage) + "." + i + ".conv_list.";
                String to = "cp.backbone.features." + feature++;
                names.convNorm(block + 0, to + ".conv_list.0");
                names.convNorm(block + (i == 0 ? "1.1" : "1"), to + ".conv_list.1");
                names.convNorm(block + 2, to + ".conv_list.2");
                names.convNorm(block + 3, to + ".conv_list.3");
                if (i == 0) {
                    names.convThenNorm(block + "1.0", to + ".avd_layer.0", to + ".avd_layer.1");
                }
            }
        }
        names.convNorm("cp.context_embedding.context_embedding.1", "cp.conv_avg");
        for (String arm : List.of("arm32", "arm16")) {
            names.convNorm("cp." + arm + ".conv_first", "cp." + arm + ".conv");
            names.convThenNorm(
                    "cp." + arm + ".attention_block.1",
                    "cp." + arm + ".conv_atten",
                    "cp." + arm + ".bn_atten");
        }
        names.convNorm("cp.upsample32.1", "cp.conv_head32");
        names.convNorm("cp.upsample16.1", "cp.conv_head16");
        names.convNorm("ffm.pw_conv", "ffm.convblk");
        names.put("ffm.attention_block.1.seq.conv.weight", "ffm.conv1.weight");
        names.put("ffm.attention_block.2.weight", "ffm.conv2.weight");
        names.convNorm("segmentation_head.0.seg_head.0", "conv_out.conv");
        names.put("segmentation_head.0.seg_head.2.weight", "conv_out.conv_out.weight");
        names.put("aux_head_s16.0.seg_head.2.weight", null);
        names.put("detail_head8.0.seg_head.0.seq.conv.weight", null);
        return names.published;
    }

    static Map<String, String> mmsegmentation(Variant variant) {
        ForeignNames names = new ForeignNames("");
        String backbone = "backbone.backbone.stages.";
        names.convNorm(backbone + 0, "cp.backbone.features.0");
        names.convNorm(backbone + 1, "cp.backbone.features.1");
        int feature = 2;
        for (int stage = 0; stage < 3; stage++) {
            for (int i = 0; i < variant.blocksPerStage().get(stage); i++) {
                String block = backbone + (2 + stage) + "." + i;
                String to = "cp.backbone.features." + feature++;
                for (int layer = 0; layer < 4; layer++) {
                    names.convNorm(block + ".layers." + layer, to + ".conv_list." + layer);
                }
                if (i == 0) {
                    names.convThenNorm(
                            block + ".downsample", to + ".avd_layer.0", to + ".avd_layer.1");
                }
            }
        }
        List<String> levels = List.of("32", "16"); // the deepest first
        for (int i = 0; i < 2; i++) {
            String arm = "cp.arm" + levels.get(i);
            names.convNorm("backbone.arms." + i + ".conv_layer", arm + ".conv");
            names.convThenNorm(
                    "backbone.arms." + i + ".atten_conv_layer.1",
                    arm + ".conv_atten",
                    arm + ".bn_atten");
            names.convNorm("backbone.convs." + i, "cp.conv_head" + levels.get(i));
        }
        names.convNorm("backbone.conv_avg", "cp.conv_avg");
        names.convNorm("backbone.ffm.conv0", "ffm.convblk");
        names.put("backbone.ffm.attention.1.conv.weight", "ffm.conv1.weight");
        names.put("backbone.ffm.attention.2.conv.weight", "ffm.conv2.weight");
        names.convNorm("decode_head.convs.0", "conv_out.conv");
        names.put("decode_head.conv_seg.weight", "conv_out.conv_out.weight");
        names.put("auxiliary_head.0.conv_seg.weight", null);
        return names.published;
    }

    private void convNorm(String name, String to) {
        convThenNorm(name, to + ".conv", to + ".bn");
    }

    private void convThenNorm(String name, String conv, String norm) {
        put(name + "." + sequence + "conv.weight", conv + ".weight");
        for (String part : NORM) {
            put(name + "." + sequence + "bn." + part, norm + "." + part);
        }
    }

    private void put(String name, String to) {
        published.put(name, to);
    }
}
