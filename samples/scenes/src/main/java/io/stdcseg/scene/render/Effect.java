// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/** Effect of light on its way to the sensor, in the air or the glass. It leaves labels alone. */
@FunctionalInterface
public interface Effect {

    /** Changes the view's colours. */
    void apply(View view);
}
