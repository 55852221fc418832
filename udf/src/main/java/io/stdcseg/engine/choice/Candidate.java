// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import io.stdcseg.engine.Engine;
import io.stdcseg.network.Precision;
import java.util.Locale;

/**
 * Candidate: an engine that may compute a network, in a precision and on a device.
 *
 * @param precision null for what archives of others may ask of it
 * @param device of {@link io.stdcseg.engine.Devices}
 */
record Candidate(Engine engine, Precision precision, String device) {

    private static final String OTHERS = "others";
    private static final String SEPARATOR = "/";

    /** Words for a command line: the engine's class, the precision and the device. */
    String argument() {
        return String.join(SEPARATOR, engine.getClass().getName(), precisionLabel(), device);
    }

    /** The way back from {@link #argument}. */
    static Candidate parse(String argument) throws ReflectiveOperationException {
        String[] words = argument.split(SEPARATOR, -1);
        Object engine = Class.forName(words[0]).getDeclaredConstructor().newInstance();
        Precision precision =
                words[1].equals(OTHERS)
                        ? null
                        : Precision.valueOf(words[1].toUpperCase(Locale.ROOT));
        return new Candidate((Engine) engine, precision, words[2]);
    }

    /** What a verdict is kept under. */
    String key() {
        return String.join(".", engine.name(), engine.version(), precisionLabel(), device);
    }

    /** The precision as options name it. */
    String precisionLabel() {
        return precision == null ? OTHERS : precision.label();
    }

    /** As messages name it, such as {@code pytorch in int8}. */
    @Override
    public String toString() {
        return precision == null ? engine.name() : engine.name() + " in " + precisionLabel();
    }
}
