// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

import io.stdcseg.scene.render.Paint.Finish;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rasteriser with a depth buffer: finds which face each sample of the picture sees, the nearest
 * solid one and, before it, the nearest veil. There are four samples to a pixel. Belongs to one
 * thread.
 */
final class Rasteriser {

    /** Samples per pixel in each direction. */
    static final int SAMPLES = 2;

    static final int NONE = -1;

    final int width;
    final int height;
    final int[] solid;
    final int[] veil;
    private final float[] solidNearness;
    private final float[] veilNearness;
    private final List<Projection> projections = new ArrayList<>();
    private Camera camera;
    private double[] corners = new double[64];

    Rasteriser(int pictureWidth, int pictureHeight) {
        width = SAMPLES * pictureWidth;
        height = SAMPLES * pictureHeight;
        solid = new int[width * height];
        veil = new int[width * height];
        solidNearness = new float[width * height];
        veilNearness = new float[width * height];
    }

    /** Sorts the faces into the samples of an empty picture. */
    void draw(Camera from, Iterable<Face> faces) {
        camera = from;
        projections.clear();
        Arrays.fill(solid, NONE);
        Arrays.fill(veil, NONE);
        Arrays.fill(solidNearness, 0);
        Arrays.fill(veilNearness, 0);
        for (Face face : faces) {
            draw(face);
        }
    }

    Projection projection(int id) {
        return projections.get(id);
    }

    private void draw(Face face) {
        int count = project(face);
        if (count < 3) {
            return;
        }
        double top = Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            top = Math.min(top, corners[2 * i + 1]);
            bottom = Math.max(bottom, corners[2 * i + 1]);
        }
        int first = (int) Math.ceil(Math.max(0, top - 0.5));
        int last = (int) Math.ceil(Math.min(height, bottom - 0.5));
        if (first >= last) {
            return;
        }
        Projection projection = new Projection(face, camera);
        int id = projections.size();
        projections.add(projection);
        for (int row = first; row < last; row++) {
            double left = Double.MAX_VALUE;
            double right = -Double.MAX_VALUE;
            double y = row + 0.5;
            for (int i = 0, j = count - 1; i < count; j = i++) {
                double yi = corners[2 * i + 1];
                double yj = corners[2 * j + 1];
                if (yi <= y != yj <= y) {
                    double xi = corners[2 * i];
                    double x = xi + (corners[2 * j] - xi) * (y - yi) / (yj - yi);
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                }
            }
            int from = (int) Math.ceil(Math.max(0, left - 0.5));
            int to = (int) Math.ceil(Math.min(width, right - 0.5));
            if (from < to) {
                fill(projection, id, row, from, to);
            }
        }
    }

    private void fill(Projection projection, int id, int row, int from, int to) {
        Finish finish = projection.face.paint().finish();
        boolean see = finish == Finish.VEIL || finish == Finish.SHADE;
        boolean whole = finish != Finish.CUT_OUT && finish != Finish.VEIL;
        int[] ids = see ? veil : solid;
        float[] nearest = see ? veilNearness : solidNearness;
        double y = (row + 0.5) / SAMPLES;
        double step = projection.nearnessStep() / SAMPLES;
        double start = projection.nearness((from + 0.5) / SAMPLES, y);
        for (int x = from; x < to; x++) {
            int sample = row * width + x;
            double nearness = start + (x - from) * step;
            if (nearness > nearest[sample]
                    && (whole || projection.covers((x + 0.5) / SAMPLES, y, nearness))) {
                nearest[sample] = (float) nearness;
                ids[sample] = id;
            }
        }
    }

    /** Whether the veil of a sample lies before the solid face of it. */
    boolean veiled(int sample) {
        return veil[sample] != NONE && veilNearness[sample] > solidNearness[sample];
    }

    /** Whether something solid lies before a depth of 1 / {@code nearness}. */
    boolean hidden(int sample, double nearness) {
        return solidNearness[sample] > nearness;
    }

    /** 1/z of the solid face of a sample, 0 for none. */
    double nearness(int sample) {
        return solidNearness[sample];
    }

    /** Clips the face at the camera's near plane and puts its corners, in samples, in place. */
    private int project(Face face) {
        double[] outline = face.outline();
        if (corners.length < 2 * outline.length) {
            corners = new double[2 * outline.length];
        }
        Vec o = camera.see(face.origin());
        Vec u = camera.turn(face.u());
        Vec v = camera.turn(face.v());
        int count = 0;
        Vec before = corner(o, u, v, outline, outline.length - 2);
        for (int i = 0; i < outline.length; i += 2) {
            Vec here = corner(o, u, v, outline, i);
            if (here.z() < Camera.NEAR != before.z() < Camera.NEAR) {
                double share = (Camera.NEAR - before.z()) / (here.z() - before.z());
                count = put(before.towards(here, share), count);
            }
            if (here.z() >= Camera.NEAR) {
                count = put(here, count);
            }
            before = here;
        }
        return count;
    }

    private static Vec corner(Vec o, Vec u, Vec v, double[] outline, int i) {
        double a = outline[i];
        double b = outline[i + 1];
        return new Vec(
                o.x() + u.x() * a + v.x() * b,
                o.y() + u.y() * a + v.y() * b,
                o.z() + u.z() * a + v.z() * b);
    }

    private int put(Vec p, int count) {
        double scale = SAMPLES * camera.focal() / p.z();
        corners[2 * count] = width / 2.0 + p.x() * scale;
        corners[2 * count + 1] = height / 2.0 - p.y() * scale;
        return count + 1;
    }
}
