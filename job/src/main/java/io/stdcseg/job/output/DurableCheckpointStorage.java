// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.file.DurableFiles;
import io.stdcseg.store.StorePaths;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.state.CheckpointMetadataOutputStream;
import org.apache.flink.runtime.state.CheckpointStorageAccess;
import org.apache.flink.runtime.state.CheckpointStorageFactory;
import org.apache.flink.runtime.state.CheckpointStorageLocation;
import org.apache.flink.runtime.state.CompletedCheckpointStorageLocation;
import org.apache.flink.runtime.state.filesystem.FsCheckpointStorageAccess;
import org.apache.flink.runtime.state.filesystem.FsCheckpointStorageLocation;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;

/**
 * Flink's storage of checkpoints in a folder, made durable: a checkpoint or savepoint is complete
 * only when it would outlast the machine's stop. Flink's own forces the metadata's content, but
 * neither its name nor the files of state that it points to.
 */
public final class DurableCheckpointStorage extends FileSystemCheckpointStorage {

    private static final long serialVersionUID = 1L;

    private DurableCheckpointStorage(Path folder, int fileThreshold, int bufferSize) {
        super(folder, fileThreshold, bufferSize);
    }

    @Override
    public FileSystemCheckpointStorage configure(ReadableConfig config, ClassLoader classLoader) {
        return this;
    }

    @Override
    public CheckpointStorageAccess createCheckpointStorage(JobID job) throws IOException {
        return new Access(
                getCheckpointPath(), job, getMinFileSizeThreshold(), getWriteBufferSize());
    }

    /** Factory that Flink makes by its name. */
    public static final class Factory
            implements CheckpointStorageFactory<DurableCheckpointStorage> {

        @Override
        public DurableCheckpointStorage createFromConfig(
                ReadableConfig config, ClassLoader classLoader) {
            long threshold = config.get(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD).getBytes();
            return new DurableCheckpointStorage(
                    new Path(config.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)),
                    Math.toIntExact(threshold),
                    config.get(CheckpointingOptions.FS_WRITE_BUFFER_SIZE));
        }
    }

    private static final class Access extends FsCheckpointStorageAccess {

        private final int fileThreshold;
        private final int bufferSize;

        Access(Path folder, JobID job, int fileThreshold, int bufferSize) throws IOException {
            super(folder, null, job, fileThreshold, bufferSize);
            this.fileThreshold = fileThreshold;
            this.bufferSize = bufferSize;
        }

        @Override
        public CheckpointStorageLocation initializeLocationForCheckpoint(long id)
                throws IOException {
            FsCheckpointStorageLocation location =
                    (FsCheckpointStorageLocation) super.initializeLocationForCheckpoint(id);
            return durable(getFileSystem(), location);
        }

        @Override
        protected CheckpointStorageLocation createSavepointLocation(FileSystem files, Path path) {
            return durable(
                    files,
                    (FsCheckpointStorageLocation) super.createSavepointLocation(files, path));
        }

        private Location durable(FileSystem files, FsCheckpointStorageLocation location) {
            return new Location(files, location, fileThreshold, bufferSize);
        }
    }

    private static final class Location extends FsCheckpointStorageLocation {

        Location(
                FileSystem files,
                FsCheckpointStorageLocation location,
                int fileThreshold,
                int bufferSize) {
            super(
                    files,
                    location.getCheckpointDirectory(),
                    location.getSharedStateDirectory(),
                    location.getTaskOwnedStateDirectory(),
                    location.getLocationReference(),
                    fileThreshold,
                    bufferSize);
        }

        @Override
        public CheckpointMetadataOutputStream createMetadataOutputStream() throws IOException {
            return new MetadataStream(
                    super.createMetadataOutputStream(), path(getCheckpointDirectory()));
        }
    }

    private static java.nio.file.Path path(Path folder) {
        String uri = folder.toUri().toString();
        return StorePaths.isStored(uri)
                ? StorePaths.path(uri)
                : java.nio.file.Path.of(folder.toUri().getPath());
    }

    /**
     * Metadata of a checkpoint: opened when all its state is written, closed when it is complete.
     */
    private static final class MetadataStream extends CheckpointMetadataOutputStream {

        private final CheckpointMetadataOutputStream stream;
        private final java.nio.file.Path folder;

        MetadataStream(CheckpointMetadataOutputStream stream, java.nio.file.Path folder) {
            this.stream = stream;
            this.folder = folder;
        }

        @Override
        public CompletedCheckpointStorageLocation closeAndFinalizeCheckpoint() throws IOException {
            try (DirectoryStream<java.nio.file.Path> states = Files.newDirectoryStream(folder)) {
                for (java.nio.file.Path state : states) {
                    DurableFiles.fsync(state);
                }
            }
            CompletedCheckpointStorageLocation completed = stream.closeAndFinalizeCheckpoint();
            // The folders above were made for this job, or for this checkpoint.
            DurableFiles.fsyncFolder(folder);
            DurableFiles.fsyncFolder(folder.getParent());
            DurableFiles.fsyncFolder(folder.getParent().getParent());
            return completed;
        }

        @Override
        public void write(int b) throws IOException {
            stream.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
        }

        @Override
        public long getPos() throws IOException {
            return stream.getPos();
        }

        @Override
        public void flush() throws IOException {
            stream.flush();
        }

        @Override
        public void sync() throws IOException {
            stream.sync();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
