// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.Scratch;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.commit.CommittableSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Pages of manifests: small files beside the segments that they list, each of which names the page
 * before it.
 *
 * <p>A page is complete before any state names it, has a name that no other ever has, and never
 * changes. So whatever state names a page, also an old one or that of an attempt which went another
 * way, finds what it meant. A page that no state came to name is litter, which goes with the
 * folder.
 */
final class ManifestPages {

    private static final PageSerializer SERIALIZER = new PageSerializer();

    private final OutputFolder folder;
    private final Scratch scratch;

    /**
     * @param scratch where pages are written that go to a store
     */
    ManifestPages(OutputFolder folder, Scratch scratch) {
        this.folder = folder;
        this.scratch = scratch;
    }

    /**
     * Writes a page, which is then there also if the machine stops.
     *
     * @param before what it goes on from
     * @param segments of the stream, in order
     * @return the page, as a path below the output folder
     */
    String write(String stream, Manifest before, List<Committable.Segment> segments)
            throws IOException {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        String name = String.format(Locale.ROOT, "manifest-%06d-%s", before.pages(), unique);
        String page = SegmentFolder.newFile(folder, stream, name);
        byte[] content =
                SimpleVersionedSerialization.writeVersionAndSerialize(
                        SERIALIZER, new Page(before.page(), segments));
        Path file = folder.resolve(page);
        try {
            Path draft = scratch.draft(file);
            Files.write(draft, content, StandardOpenOption.CREATE_NEW);
            scratch.finish(draft, file);
        } catch (IOException e) {
            // Of a full disk Java does not say where.
            throw new IOException(file + " cannot be written: " + e.getMessage(), e);
        }
        return page;
    }

    /**
     * All segments of a manifest, in order.
     *
     * @throws NoSuchFileException if a page is gone; its message is the file
     */
    List<Committable.Segment> read(Manifest manifest) throws IOException {
        Deque<Page> pages = new ArrayDeque<>();
        for (String page = manifest.page(); page != null; page = pages.peekFirst().before()) {
            Path file = folder.resolve(page);
            pages.addFirst(
                    SimpleVersionedSerialization.readVersionAndDeSerialize(
                            SERIALIZER, Files.readAllBytes(file)));
        }
        List<Committable.Segment> all = new ArrayList<>();
        pages.forEach(page -> all.addAll(page.segments()));
        return all;
    }

    /**
     * A page.
     *
     * @param before the page before it, null if it is the first
     */
    private record Page(String before, List<Committable.Segment> segments) {}

    /** Serializer of a page. */
    private static final class PageSerializer implements SimpleVersionedSerializer<Page> {

        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(Page page) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(4096);
            out.writeUTF(page.before() == null ? "" : page.before());
            out.writeInt(page.segments().size());
            for (Committable.Segment segment : page.segments()) {
                CommittableSerializer.write(segment, out);
            }
            return out.getCopyOfBuffer();
        }

        @Override
        public Page deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "manifest of version " + version + " cannot be read; version 1 is known");
            }
            DataInputDeserializer in = new DataInputDeserializer(serialized);
            String before = in.readUTF();
            List<Committable.Segment> segments = new ArrayList<>();
            StreamInfo info = null;
            for (int i = in.readInt(); i > 0; i--) {
                Committable.Segment segment = (Committable.Segment) CommittableSerializer.read(in);
                // A long video's list must not hold thousands of the same description.
                info = segment.info().equals(info) ? info : segment.info();
                segments.add(segment.describedBy(info));
            }
            return new Page(before.isEmpty() ? null : before, segments);
        }
    }
}
