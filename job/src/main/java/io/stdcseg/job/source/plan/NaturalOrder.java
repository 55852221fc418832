// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import java.util.Comparator;

/** Natural order of names: runs of digits by their value, {@code a2} before {@code a10}. */
final class NaturalOrder implements Comparator<String> {

    static final Comparator<String> INSTANCE =
            new NaturalOrder().thenComparing(Comparator.naturalOrder());

    private NaturalOrder() {}

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                int endA = endOfDigits(a, i);
                int endB = endOfDigits(b, j);
                int order = compareNumbers(a, i, endA, b, j, endB);
                if (order != 0) {
                    return order;
                }
                i = endA;
                j = endB;
            } else {
                int order = Character.compare(a.charAt(i++), b.charAt(j++));
                if (order != 0) {
                    return order;
                }
            }
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    /** Makes nothing: a folder of a hundred thousand pictures is compared millions of times. */
    private static int compareNumbers(String a, int i, int endA, String b, int j, int endB) {
        int x = afterZeros(a, i, endA);
        int y = afterZeros(b, j, endB);
        int order = Integer.compare(endA - x, endB - y);
        while (order == 0 && x < endA) {
            order = Character.compare(a.charAt(x++), b.charAt(y++));
        }
        return order;
    }

    private static int afterZeros(String s, int from, int end) {
        int i = from;
        while (i < end && s.charAt(i) == '0') {
            i++;
        }
        return i;
    }

    private static int endOfDigits(String s, int from) {
        int i = from;
        while (i < s.length() && isDigit(s.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
