// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.frame.Rational;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Data set whose pictures are frames of recordings, which their names tell. */
public enum RecordingSet {

    /** Such as {@code aachen_000003_000019_leftImg8bit}. */
    CITYSCAPES(
            17,
            "([A-Za-z-]+_\\d{6})_(\\d{6})_leftImg8bit",
            List.of("cityscapes", "cityscapes-trainids")),

    /** Its four drives, such as {@code 0016E5_07959} and {@code 0006R0_f00930}. */
    CAMVID(30, "(0001TP|0006R0|0016E5|Seq05VD)_f?(\\d{5,6})", List.of("camvid"));

    private final Rational rate;
    private final Pattern name;
    private final List<String> labelSets;

    RecordingSet(int rate, String name, List<String> labelSets) {
        this.rate = new Rational(rate, 1);
        this.name = Pattern.compile(name);
        this.labelSets = labelSets;
    }

    /** Frames per second of the recordings, by which frames are numbered. */
    Rational rate() {
        return rate;
    }

    /** The label sets that read its labels, by name. */
    public List<String> labelSets() {
        return labelSets;
    }

    /** What a picture's name says; null if it is none of the set's. */
    Place place(String pictureName) {
        Matcher matcher = name.matcher(pictureName);
        return matcher.matches()
                ? new Place(matcher.group(1), Long.parseLong(matcher.group(2)))
                : null;
    }

    /** Place of a picture: its recording, and the frame's number there. */
    record Place(String recording, long frame) {}
}
