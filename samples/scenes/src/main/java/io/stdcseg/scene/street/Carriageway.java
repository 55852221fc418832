// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Texel;

/** A road with its lines: u from the centre line, v along it. */
record Carriageway(Asphalt asphalt, RoadLines lines) implements Material {

    @Override
    public int color(Texel at) {
        return lines.over(asphalt.color(at), at);
    }
}
