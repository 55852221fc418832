// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.checkpoint;

/** Text from a file nobody vouches for, made fit for a one-line message. */
final class Quote {

    private static final int LONGEST = 120;

    private Quote() {}

    /** At most 120 characters, none of them a control character. */
    static String of(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        StringBuilder clean = new StringBuilder();
        shown.chars().forEach(c -> clean.append(Character.isISOControl(c) ? '?' : (char) c));
        return clean.toString();
    }
}
