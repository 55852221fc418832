// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.view;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Part of a file that a client asks for.
 *
 * @param first its first byte
 * @param length bytes from there on; 0 where the file has none of what was asked for
 */
record ByteRange(long first, long length) {

    /** At most as many digits as every long has; the numbers of longer ones mean nothing. */
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * The part that a header asks for; null for all of the file, which is also the answer to what
     * asks for several parts or cannot be read (RFC 9110, 14.2).
     *
     * @param header value of {@code Range}; null if there is none
     * @param size of the file in bytes
     */
    static ByteRange of(String header, long size) {
        Matcher one = ONE.matcher(header == null ? "" : header.trim());
        if (!one.matches()) {
            return null;
        }
        String first = one.group(1);
        String last = one.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? null : ofEnd(Long.parseLong(last), size);
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
        if (to < from) {
            return null;
        }
        return new ByteRange(from, Math.max(0, Math.min(to, size - 1) - from + 1));
    }

    private static ByteRange ofEnd(long bytes, long size) {
        long length = Math.min(bytes, size);
        return new ByteRange(size - length, length);
    }

    /** Value of {@code Content-Range} for this part of so many bytes. */
    String of(long size) {
        return length == 0
                ? "bytes */" + size
                : "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}
