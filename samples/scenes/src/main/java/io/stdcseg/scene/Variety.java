// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import io.stdcseg.error.InputException;
import java.util.Arrays;
import java.util.Locale;

/** Variety of a set of pictures. */
enum Variety {
    /** Towns by day, as the default weights have seen them. */
    USUAL(RandomStreets::new),
    /** Also dusk, night, rain, fog, low sun, motorways, tunnels, and other cameras. */
    WIDE(WideStreets::new);

    private final Maker maker;

    private interface Maker {
        Streets make(long seed, int width, int height);
    }

    Variety(Maker maker) {
        this.maker = maker;
    }

    /**
     * @throws InputException if there is none of this name
     */
    static Variety named(String name) {
        return Arrays.stream(values())
                .filter(variety -> variety.toString().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InputException(
                                        "variety "
                                                + name
                                                + " of pictures; usual and wide are allowed"));
    }

    Streets streets(SceneOptions options) {
        return maker.make(options.seed(), options.width(), options.height());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
