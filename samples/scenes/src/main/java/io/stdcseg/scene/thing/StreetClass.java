// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.thing;

import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Paint.Finish;

/** The classes of the {@code camvid} label set, in train-id order. */
public enum StreetClass {
    SKY(0),
    BUILDING(1),
    POLE(2),
    ROAD(3),
    PAVEMENT(4),
    TREE(5),
    SIGN(6),
    FENCE(7),
    CAR(8),
    PEDESTRIAN(9),
    BICYCLIST(10);

    /** Stands in label pictures for what belongs to no class. */
    public static final int IGNORED = 11;

    private final int trainId;

    StreetClass(int trainId) {
        this.trainId = trainId;
    }

    /** The class's number in masks. */
    public int trainId() {
        return trainId;
    }

    /** A solid surface of this class. */
    public Paint paint(Material material) {
        return paint(material, Finish.SOLID);
    }

    /** A solid surface of this class in one colour. */
    public Paint paint(int color) {
        return paint(Material.plain(color));
    }

    public Paint paint(Material material, Finish finish) {
        return new Paint(material, finish, trainId());
    }

    /** A solid surface of something that belongs to no class. */
    public static Paint ignored(Material material) {
        return ignored(material, Finish.SOLID);
    }

    public static Paint ignored(Material material, Finish finish) {
        return new Paint(material, finish, IGNORED);
    }
}
