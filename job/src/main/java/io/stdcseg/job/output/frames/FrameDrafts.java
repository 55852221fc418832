// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.frames;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.frame.Mask;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.job.output.DurableMoves;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.label.LabelSet;
import io.stdcseg.label.MaskFileWriter;
import io.stdcseg.picture.JpegWriter;
import io.stdcseg.picture.Picture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Pictures of frames, and their masks, until a checkpoint is to cover them. The last frame stays in
 * memory: of frames that follow each other the next one is often worth more. Not thread-safe.
 */
final class FrameDrafts implements AutoCloseable {

    /** Hardly to be told from the picture; a fifth of the bytes that it takes without loss. */
    private static final double JPEG_QUALITY = 0.95;

    private final OutputFolder folder;
    private final Path drafts;
    private final JpegWriter pictures = new JpegWriter(JPEG_QUALITY);
    private final MaskFileWriter masks;
    private final DurableMoves moves;
    private final Map<KeptFrame, Path> written = new LinkedHashMap<>();
    private KeptFrame last;
    private Picture picture = new Picture(1, 1, new byte[3]);
    private byte[] mask = new byte[0];
    private long count;

    /**
     * @param folder to which the files go in the end
     * @param drafts where they lie before, a folder of their own on a disk of this machine
     * @param labels what masks mean; files hold the ids of its label files
     */
    FrameDrafts(OutputFolder folder, Path drafts, LabelSet labels) {
        this.folder = folder;
        this.drafts = drafts;
        this.masks = new MaskFileWriter(labels.idsByTrainId());
        this.moves = new DurableMoves("names of kept frames", folder.resolve(""));
    }

    /** Takes a frame; its memory stays the caller's. */
    void add(KeptFrame frame, SegmentedFrame segmented) throws IOException {
        writeLast();
        Mask ids = segmented.mask();
        byte[] rgb = picture.rgb();
        if (rgb.length != 3 * ids.width() * ids.height()) {
            rgb = new byte[3 * ids.width() * ids.height()];
            mask = new byte[ids.width() * ids.height()];
        }
        segmented.frame().rgb().get(0, rgb);
        ids.ids().get(0, mask);
        picture = new Picture(ids.width(), ids.height(), rgb);
        last = frame;
    }

    /** Removes a frame, if it is still here. */
    void remove(KeptFrame frame) throws IOException {
        if (frame.equals(last)) {
            last = null;
        }
        Path draft = written.remove(frame);
        if (draft != null) {
            Files.delete(image(draft));
            Files.delete(label(draft));
        }
    }

    private void writeLast() throws IOException {
        if (last == null) {
            return;
        }
        Path draft = drafts.resolve(String.valueOf(count++));
        try (OutputStream out = Files.newOutputStream(image(draft))) {
            pictures.write(out, picture);
        } catch (IOException e) {
            throw AtomicFile.unwritable(folder.frames().resolve(last.publishedImage()), e);
        }
        try (OutputStream out = Files.newOutputStream(label(draft))) {
            masks.write(out, picture.width(), picture.height(), ByteBuffer.wrap(mask));
        } catch (IOException e) {
            throw AtomicFile.unwritable(folder.frames().resolve(last.publishedLabel()), e);
        }
        written.put(last, draft);
        last = null;
    }

    private static Path image(Path draft) {
        return draft.resolveSibling(draft.getFileName() + ".jpg");
    }

    private static Path label(Path draft) {
        return draft.resolveSibling(draft.getFileName() + ".png");
    }

    /**
     * Takes all frames out: their files are in the output folder's staging, whatever happens to
     * this machine.
     */
    List<KeptFrame> takeAll() throws IOException, InterruptedException {
        writeLast();
        List<KeptFrame> staged = new ArrayList<>();
        for (Map.Entry<KeptFrame, Path> draft : written.entrySet()) {
            String file = folder.frameStaging() + "/" + UUID.randomUUID();
            KeptFrame frame = draft.getKey().in(file + ".jpg", file + ".png");
            moves.add(image(draft.getValue()), folder.resolve(frame.image()));
            moves.add(label(draft.getValue()), folder.resolve(frame.label()));
            staged.add(frame);
        }
        moves.await();
        written.clear();
        return staged;
    }

    @Override
    public void close() throws InterruptedException {
        moves.close();
        pictures.close();
        masks.close();
    }
}
