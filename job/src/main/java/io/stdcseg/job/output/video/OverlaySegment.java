// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.NativeResources;
import io.stdcseg.video.convert.PictureResize;
import io.stdcseg.video.convert.UprightPicture;
import io.stdcseg.video.encode.SegmentEncoder;
import io.stdcseg.video.encode.VideoFormat;
import io.stdcseg.video.overlay.MaskedPicture;
import io.stdcseg.video.overlay.OverlayStyle;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Segment of real video: frames are made smaller if need be, masks drawn over them, and encoded.
 */
final class OverlaySegment implements SegmentFormat.SegmentFile {

    private final MaskedPicture masked;
    private final FrameRate rate;
    private final NativeResources resources = new NativeResources();

    /** Null where pictures keep their size. */
    private final PictureResize resize;

    /** Null where the file says that pictures are turned, or none is. */
    private final UprightPicture upright;

    private final SegmentEncoder encoder;

    OverlaySegment(
            Path file,
            StreamInfo info,
            OverlayStyle style,
            FrameRate rate,
            SegmentEncoder.Options options) {
        this.rate = rate;
        VideoFormat format = options.format();
        boolean smaller = format.height() != null && format.height() < info.displayHeight();
        boolean turned = info.rotation() != 0 && !format.container().keepsRotation();
        try {
            this.resize =
                    smaller
                            ? resources.add(
                                    new PictureResize(info, format.height()), PictureResize::close)
                            : null;
            this.masked = new MaskedPicture(smaller ? resize.info() : info, style);
            StreamInfo drawn = masked.info();
            this.upright = turned ? new UprightPicture(drawn) : null;
            this.encoder = new SegmentEncoder(file, turned ? upright.info() : drawn, options);
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    @Override
    public void add(SegmentedFrame segmented) {
        var frame = segmented.frame();
        ByteBuffer yuv = frame.yuv();
        ByteBuffer ids = segmented.mask().ids();
        StreamInfo info = frame.info();
        if (resize != null) {
            yuv = resize.resize(yuv);
            ids = resize.sample(ids);
            info = resize.info();
        }
        String status = masked.hasStatus() ? FrameStatus.of(frame, rate.next()) : null;
        yuv = masked.draw(yuv, info, ids, status);
        if (upright != null) {
            yuv = upright.turn(yuv);
        }
        encoder.encode(yuv, frame.pts(), frame.duration());
    }

    @Override
    public void close() {
        try (resources) {
            encoder.close();
        }
    }

    @Override
    public void abandon() {
        try (resources) {
            encoder.abandon();
        }
    }
}
