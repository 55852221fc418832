// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Finish;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Paint;

/** The classes of the {@code camvid} label set, in train-id order. */
public enum StreetClass {
    SKY,
    BUILDING,
    POLE,
    ROAD,
    PAVEMENT,
    TREE,
    SIGN,
    FENCE,
    CAR,
    PEDESTRIAN,
    BICYCLIST;

    /** The class's number in masks. */
    public int trainId() {
        return ordinal();
    }

    /** A solid surface of this class. */
    Paint paint(Material material) {
        return paint(material, Finish.SOLID);
    }

    /** A solid surface of this class in one colour. */
    Paint paint(int color) {
        return paint(Material.plain(color));
    }

    Paint paint(Material material, Finish finish) {
        return new Paint(material, finish, trainId());
    }
}
