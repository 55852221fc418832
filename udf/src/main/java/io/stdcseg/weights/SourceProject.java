// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.network.Variant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Project that a checkpoint comes from, known by the names that it gives the network's tensors.
 * Names of other projects become published ones in two steps: first blocks of the backbone are
 * numbered through, then the beginnings of names are replaced.
 *
 * @see <a
 *     href="https://github.com/Deci-AI/super-gradients/blob/master/src/super_gradients/training/models/segmentation_models/stdc.py">SuperGradients</a>
 * @see <a
 *     href="https://github.com/open-mmlab/mmsegmentation/blob/main/mmseg/models/backbones/stdc.py">mmsegmentation</a>
 */
enum SourceProject {
    PUBLISHED("features.0.conv.weight", "cp.backbone.", null) {
        @Override
        Optional<String> rename(String name, Variant variant) {
            return Optional.of(name);
        }
    },

    SUPER_GRADIENTS(
            "stages.block_s2.0.seq.conv.weight",
            "cp.backbone.",
            Pattern.compile(
                    "stages\\.block_s(?<stage>2|4|8|16|32)\\.(?<block>\\d{1,2})\\.(?<rest>.*)"),
            "conv_list.1.0.seq.conv. -> avd_layer.0.",
            "conv_list.1.0.seq.bn. -> avd_layer.1.",
            "conv_list.1.1.seq. -> conv_list.1.",
            "conv_list.0.seq. -> conv_list.0.",
            "conv_list.1.seq. -> conv_list.1.",
            "conv_list.2.seq. -> conv_list.2.",
            "conv_list.3.seq. -> conv_list.3.",
            "seq. -> ",
            "cp.context_embedding.context_embedding.1.seq. -> cp.conv_avg.",
            "cp.arm16.conv_first.seq. -> cp.arm16.conv.",
            "cp.arm16.attention_block.1.seq.conv. -> cp.arm16.conv_atten.",
            "cp.arm16.attention_block.1.seq.bn. -> cp.arm16.bn_atten.",
            "cp.arm32.conv_first.seq. -> cp.arm32.conv.",
            "cp.arm32.attention_block.1.seq.conv. -> cp.arm32.conv_atten.",
            "cp.arm32.attention_block.1.seq.bn. -> cp.arm32.bn_atten.",
            "cp.upsample16.1.seq. -> cp.conv_head16.",
            "cp.upsample32.1.seq. -> cp.conv_head32.",
            "ffm.pw_conv.seq. -> ffm.convblk.",
            "ffm.attention_block.1.seq.conv. -> ffm.conv1.",
            "ffm.attention_block.2. -> ffm.conv2.",
            "segmentation_head.0.seg_head.0.seq. -> conv_out.conv.",
            "segmentation_head.0.seg_head.2. -> conv_out.conv_out.") {
        @Override
        int stage(int number) {
            return Integer.numberOfTrailingZeros(number) - 1; // named by its stride
        }
    },

    MMSEGMENTATION(
            "stages.0.conv.weight",
            "backbone.backbone.",
            Pattern.compile("stages\\.(?<stage>[0-4])\\.((?<block>\\d{1,2})\\.)?(?<rest>.*)"),
            "downsample.conv. -> avd_layer.0.",
            "downsample.bn. -> avd_layer.1.",
            "layers. -> conv_list.",
            "conv. -> conv.",
            "bn. -> bn.",
            "backbone.conv_avg. -> cp.conv_avg.",
            "backbone.arms.0.conv_layer. -> cp.arm32.conv.",
            "backbone.arms.0.atten_conv_layer.1.conv. -> cp.arm32.conv_atten.",
            "backbone.arms.0.atten_conv_layer.1.bn. -> cp.arm32.bn_atten.",
            "backbone.arms.1.conv_layer. -> cp.arm16.conv.",
            "backbone.arms.1.atten_conv_layer.1.conv. -> cp.arm16.conv_atten.",
            "backbone.arms.1.atten_conv_layer.1.bn. -> cp.arm16.bn_atten.",
            "backbone.convs.0. -> cp.conv_head32.",
            "backbone.convs.1. -> cp.conv_head16.",
            "backbone.ffm.conv0. -> ffm.convblk.",
            "backbone.ffm.attention.1.conv. -> ffm.conv1.",
            "backbone.ffm.attention.2.conv. -> ffm.conv2.",
            "decode_head.convs.0. -> conv_out.conv.",
            "decode_head.conv_seg. -> conv_out.conv_out.");

    private static final String FEATURES = "features.";
    private static final String OF_NETWORK = "cp.backbone.";

    /** Stages before those of blocks. */
    private static final int STEM = 2;

    private final String first;
    private final String place;
    private final Pattern block;
    private final List<Rule> rules;

    /** Rule of renaming: the beginning of a name, and what it becomes. */
    private record Rule(String from, String to) {

        static Rule of(String text) {
            String[] sides = text.split(" -> ", -1);
            return new Rule(sides[0], sides[1]);
        }
    }

    /**
     * @param first name of the backbone's first weight
     * @param place of the backbone in a whole network
     * @param block matches names of the backbone: its stage, block in it, and the rest
     * @param rules for that rest and for names of other parts; what none matches is not used
     */
    SourceProject(String first, String place, Pattern block, String... rules) {
        this.first = first;
        this.place = place;
        this.block = block;
        this.rules = List.of(rules).stream().map(Rule::of).toList();
    }

    /** What names begin with whose network lies in another one; null if they are not these. */
    String wrapper(Set<String> names) {
        for (String name : names) {
            if (name.equals(first) || name.endsWith("." + first)) {
                String before = name.substring(0, name.length() - first.length());
                return before.endsWith(place)
                        ? before.substring(0, before.length() - place.length())
                        : before;
            }
        }
        return null;
    }

    /** The variant that unwrapped tensors of another project belong to. */
    Variant variant(Map<String, ?> tensors) {
        int blocks =
                tensors.keySet().stream()
                        .map(name -> block.matcher(inBackbone(name)))
                        .filter(
                                at ->
                                        at.matches()
                                                && at.group("block") != null
                                                && stage(at) == STEM)
                        .mapToInt(at -> 1 + Integer.parseInt(at.group("block")))
                        .max()
                        .orElse(0);
        return blocks > Variant.STDC1.blocksPerStage().get(0) ? Variant.STDC2 : Variant.STDC1;
    }

    /** The published name; empty if the network does not use the tensor. */
    Optional<String> rename(String name, Variant variant) {
        String own = inBackbone(name);
        Matcher at = block.matcher(own);
        if (!at.matches()) {
            return replace(name);
        }
        int number = stage(at);
        if (number >= STEM) {
            if (at.group("block") == null) {
                return Optional.empty();
            }
            List<Integer> before = variant.blocksPerStage().subList(0, number - STEM);
            number = STEM + Integer.parseInt(at.group("block"));
            number += before.stream().mapToInt(Integer::intValue).sum();
        }
        String prefix = (own.equals(name) ? "" : OF_NETWORK) + FEATURES + number + ".";
        return replace(at.group("rest")).map(prefix::concat);
    }

    /** The stage, from 0, that names call by this number. */
    int stage(int number) {
        return number;
    }

    private int stage(Matcher at) {
        return stage(Integer.parseInt(at.group("stage")));
    }

    private String inBackbone(String name) {
        return name.startsWith(place) ? name.substring(place.length()) : name;
    }

    private Optional<String> replace(String name) {
        return rules.stream()
                .filter(rule -> name.startsWith(rule.from))
                .findFirst()
                .map(rule -> rule.to + name.substring(rule.from.length()));
    }
}
