// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Claim in a store, where the last to write a file is its maker: whoever writes looks whether it
 * stays. A job that stands still between looking and writing for longer than others wait takes the
 * claim from one that has it; that one sees it at its next sign of life, and ends.
 *
 * @param settling how long is waited between writing and looking
 */
record StoredClaim(Path path, Duration settling) implements ClaimFile {

    private static final int READINGS = 10;

    @Override
    public boolean create(String content) throws IOException, InterruptedException {
        if (read() != null) {
            return false;
        }
        write(content);
        Thread.sleep(settling.toMillis());
        return content.equals(read());
    }

    /** S3A fails a reading in the middle of which the holder gives a sign: read anew. */
    @Override
    public String read() throws IOException {
        IOException failed = null;
        for (int reading = 0; reading < READINGS; reading++) {
            try {
                return ClaimFile.super.read();
            } catch (IOException e) {
                failed = e;
            }
        }
        throw failed;
    }

    @Override
    public void remove(String content) throws IOException {
        if (content.equals(read())) {
            delete();
        }
    }
}
