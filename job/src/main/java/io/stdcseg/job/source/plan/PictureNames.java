// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.error.InputException;
import java.util.HashMap;
import java.util.Map;

/** Pictures of a stream by the names that what is written for each of them bears. */
public final class PictureNames {

    private PictureNames() {}

    /**
     * Refuses two pictures that would get one name, such as {@code a.jpg} and {@code a.png}.
     *
     * @throws InputException that names both
     */
    public static void check(PlannedStream stream) {
        Map<String, String> files = new HashMap<>();
        for (int i = 0; i < stream.pictures().size(); i++) {
            String file = stream.pictures().get(i);
            String other = files.putIfAbsent(stream.pictureName(i), file);
            if (other != null) {
                throw new InputException(
                        "pictures "
                                + other
                                + " and "
                                + file
                                + " of "
                                + stream.source()
                                + " would both have the mask "
                                + stream.pictureName(i)
                                + ".png; names must differ in more than their endings");
            }
        }
    }
}
