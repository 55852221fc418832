// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.util.IOUtils;

/**
 * Upload of a file to a store, by Flink's {@link RecoverableWriter}: what was not committed does
 * not appear, whoever fails, and closing is not committing.
 */
final class StoreUpload {

    /** Their committers rename, and leave what is there where there is something. */
    private static final Set<String> RENAMING = Set.of("hdfs", "viewfs");

    private StoreUpload() {}

    static void upload(Path local, FileSystem store, org.apache.flink.core.fs.Path target)
            throws IOException {
        RecoverableWriter writer;
        try {
            writer = store.createRecoverableWriter();
        } catch (UnsupportedOperationException e) {
            uploadAndRename(local, store, target);
            return;
        }
        RecoverableFsDataOutputStream.Committer committer = write(local, writer.open(target));
        if (RENAMING.contains(store.getUri().getScheme())) {
            store.delete(target, false);
        }
        committer.commit();
    }

    /** Closed for a commit, it must not be closed again. */
    private static RecoverableFsDataOutputStream.Committer write(
            Path local, RecoverableFsDataOutputStream out) throws IOException {
        try {
            Files.copy(local, out);
            return out.closeForCommit();
        } catch (IOException | RuntimeException e) {
            IOUtils.closeQuietly(out);
            throw e;
        }
    }

    private static void uploadAndRename(
            Path local, FileSystem store, org.apache.flink.core.fs.Path target) throws IOException {
        var unfinished =
                new org.apache.flink.core.fs.Path(
                        target.getParent(), "." + target.getName() + "." + UUID.randomUUID());
        try {
            try (FSDataOutputStream out = store.create(unfinished, WriteMode.NO_OVERWRITE)) {
                Files.copy(local, out);
            }
            store.delete(target, false);
            if (!store.rename(unfinished, target)) {
                throw new IOException(unfinished + " cannot be renamed to " + target);
            }
        } catch (IOException | RuntimeException e) {
            store.delete(unfinished, false);
            throw e;
        }
    }
}
