// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import io.stdcseg.scene.render.Framebuffer;

/** Streets without end: numbered pictures, each of a street of its own. Belong to one thread. */
interface Streets {

    /**
     * Renders one picture.
     *
     * @param index from 0
     * @return the same object each time, with the picture's colours and labels
     */
    Framebuffer render(long index);
}
