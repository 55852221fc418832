// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Curve of a chart over a series of windows: a point for each, or for several in a row their mean.
 * Not thread-safe.
 */
final class Curve {

    private final List<Point> points;
    private int windowsPerPoint;
    private int windows;
    private double sum;
    private double seconds;

    Curve() {
        this(new ArrayList<>(), 1);
    }

    private Curve(List<Point> points, int windowsPerPoint) {
        this.points = points;
        this.windowsPerPoint = windowsPerPoint;
    }

    /**
     * A point of the chart.
     *
     * @param seconds end of its last window
     * @param value mean of its windows
     */
    record Point(double seconds, double value) {}

    /** Adds a window, which ends after all that were added. */
    void add(double end, double value) {
        seconds = end;
        sum += value;
        windows++;
        if (windows == windowsPerPoint) {
            points.add(new Point(seconds, sum / windows));
            sum = 0;
            windows = 0;
        }
    }

    /** How many points are kept. */
    int size() {
        return points.size();
    }

    /** How many windows a point is the mean of. */
    int windowsPerPoint() {
        return windowsPerPoint;
    }

    /** Makes one point of two. */
    void halve() {
        int pairs = points.size() / 2;
        if (points.size() % 2 == 1) {
            Point rest = points.get(points.size() - 1);
            seconds = windows == 0 ? rest.seconds() : seconds;
            sum += rest.value() * windowsPerPoint;
            windows += windowsPerPoint;
        }
        for (int i = 0; i < pairs; i++) {
            Point first = points.get(2 * i);
            Point second = points.get(2 * i + 1);
            points.set(i, new Point(second.seconds(), (first.value() + second.value()) / 2));
        }
        points.subList(pairs, points.size()).clear();
        windowsPerPoint *= 2;
    }

    /** All points; the last may stand for fewer windows. */
    List<Point> points() {
        List<Point> all = new ArrayList<>(points);
        if (windows > 0) {
            all.add(new Point(seconds, sum / windows));
        }
        return all;
    }

    void write(DataOutputView out) throws IOException {
        out.writeInt(windowsPerPoint);
        out.writeInt(windows);
        out.writeDouble(sum);
        out.writeDouble(seconds);
        out.writeInt(points.size());
        for (Point point : points) {
            out.writeDouble(point.seconds());
            out.writeDouble(point.value());
        }
    }

    static Curve read(DataInputView in) throws IOException {
        Curve curve = new Curve(new ArrayList<>(), in.readInt());
        curve.windows = in.readInt();
        curve.sum = in.readDouble();
        curve.seconds = in.readDouble();
        for (int i = in.readInt(); i > 0; i--) {
            curve.points.add(new Point(in.readDouble(), in.readDouble()));
        }
        return curve;
    }
}
