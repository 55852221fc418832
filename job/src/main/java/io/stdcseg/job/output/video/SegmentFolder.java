// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.file.DurableFiles;
import io.stdcseg.job.output.OutputFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Folder of a stream's segments, and of the list of them, in a staging folder. It goes as a whole
 * when its stream is published.
 */
final class SegmentFolder {

    private SegmentFolder() {}

    /** The folder's path below the output folder. */
    static String in(String staging, String stream) {
        return staging + "/" + stream;
    }

    /**
     * A new file's path below the output folder. Makes the folder, but not the staging folder: who
     * goes on when the job is over is to find none.
     */
    static String newFile(OutputFolder root, String stream, String name) throws IOException {
        return newFile(root, root.staging(), stream, name);
    }

    /** The same in another staging folder. */
    static String newFile(OutputFolder root, String staging, String stream, String name)
            throws IOException {
        String folder = in(staging, stream);
        Path path = root.resolve(folder);
        try {
            Files.createDirectory(path);
            DurableFiles.fsyncFolder(path.getParent());
        } catch (FileAlreadyExistsException e) {
            // Other slots write segments of the stream, too.
        }
        return folder + "/" + name;
    }
}
