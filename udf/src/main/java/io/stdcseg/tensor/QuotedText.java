// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor;

/** Text from a file nobody vouches for, made fit for a one-line message. */
public final class QuotedText {

    private static final int LONGEST = 120;

    private QuotedText() {}

    /** At most 120 characters, none of them a control character. */
    public static String of(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        StringBuilder clean = new StringBuilder();
        shown.chars().forEach(c -> clean.append(Character.isISOControl(c) ? '?' : (char) c));
        return clean.toString();
    }
}
