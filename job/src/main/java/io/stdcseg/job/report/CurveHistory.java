// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Curves of a chart, downsampled to a fixed number of points together: when they have too many
 * points, the longest gets half as many. Where there are as many curves as points, further ones are
 * left out. Not thread-safe.
 */
final class CurveHistory {

    /** More than a chart has pixels; 16 bytes each. */
    static final int MOST_POINTS = 4096;

    private final Map<String, Curve> curves = new LinkedHashMap<>();
    private int points;
    private long leftOut;

    /** Adds a window; one without a value is not drawn. */
    void add(String name, double end, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        Curve curve = curves.get(name);
        if (curve == null) {
            if (curves.size() == MOST_POINTS) {
                leftOut++;
                return;
            }
            curve = new Curve();
            curves.put(name, curve);
        }
        points -= curve.size();
        curve.add(end, value);
        points += curve.size();
        while (points > MOST_POINTS) {
            halveLongest();
        }
    }

    private void halveLongest() {
        Curve longest = Collections.max(curves.values(), Comparator.comparingInt(Curve::size));
        points -= longest.size();
        longest.halve();
        points += longest.size();
    }

    /** By name, in the order in which they began. */
    Map<String, Curve> curves() {
        return Collections.unmodifiableMap(curves);
    }

    /** How many windows belong to curves that are left out. */
    long leftOut() {
        return leftOut;
    }

    void write(DataOutputView out) throws IOException {
        out.writeLong(leftOut);
        out.writeInt(curves.size());
        for (Map.Entry<String, Curve> curve : curves.entrySet()) {
            out.writeUTF(curve.getKey());
            curve.getValue().write(out);
        }
    }

    static CurveHistory read(DataInputView in) throws IOException {
        CurveHistory history = new CurveHistory();
        history.leftOut = in.readLong();
        for (int i = in.readInt(); i > 0; i--) {
            String name = in.readUTF();
            Curve curve = Curve.read(in);
            history.curves.put(name, curve);
            history.points += curve.size();
        }
        return history;
    }
}
