// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

import java.io.Serializable;

/**
 * Class of a label set: what it is called and the colour that stands for it.
 *
 * @param name the field's name for the class, such as {@code road}
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record LabelClass(String name, int red, int green, int blue) implements Serializable {

    public LabelClass {
        if (name.isBlank()) {
            throw new IllegalArgumentException("class name '" + name + "' is blank");
        }
        for (int part : new int[] {red, green, blue}) {
            if (part < 0 || part > 255) {
                throw new IllegalArgumentException(
                        "colour part " + part + " of class " + name + " is not in 0 to 255");
            }
        }
    }

    /** The colour as 0xRRGGBB. */
    int rgb() {
        return red << 16 | green << 8 | blue;
    }
}
