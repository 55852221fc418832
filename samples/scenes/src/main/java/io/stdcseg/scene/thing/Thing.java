// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.thing;

import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Pose;

/** A thing that stands or moves in the street. */
@FunctionalInterface
public interface Thing {

    /**
     * Adds the thing's faces.
     *
     * @param pose where its feet are, and which way it faces
     * @param seconds since the start, for what moves in itself
     */
    void build(Mesh mesh, Pose pose, double seconds);
}
