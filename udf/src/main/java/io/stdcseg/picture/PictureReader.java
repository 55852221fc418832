// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.picture;

import io.stdcseg.error.InputException;
import io.stdcseg.error.WarnOnce;
import io.stdcseg.video.MediaFile;
import io.stdcseg.video.decode.VideoDecoder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reader of picture files: PNG, JPEG, WebP, BMP, TIFF and whatever else FFmpeg knows, as upright
 * 8-bit RGB. Transparency is dropped, a palette resolved. Thread-safe.
 */
public final class PictureReader {

    /** How names of picture files end, without the dot and in small letters; sorted. */
    public static final List<String> ENDINGS =
            List.of("bmp", "jpeg", "jpg", "png", "ppm", "tif", "tiff", "webp");

    private static final VideoDecoder.Options OPTIONS = new VideoDecoder.Options(1, true, true);

    private static final Logger LOG = LoggerFactory.getLogger(PictureReader.class);

    private PictureReader() {}

    /** Whether a file's name ends like a picture's. */
    public static boolean isPicture(Path file) {
        Path name = file.getFileName();
        int dot = name == null ? -1 : name.toString().lastIndexOf('.');
        return dot > 0
                && ENDINGS.contains(name.toString().substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** Whether a file is a video for all its name: an animated PNG. */
    public static boolean isAnimation(Path file) {
        return AnimatedFile.apngPictures(MediaFile.of(file)) > 1;
    }

    /**
     * Reads the picture; of a file with several the first, which is said once for a folder.
     *
     * @throws InputException if the file is no picture or is damaged; one line that names it
     */
    public static Picture read(Path file) {
        return read(whole(file));
    }

    /**
     * Reads the picture of a file that lies in memory.
     *
     * @param name what errors call it, as a file's name
     * @throws InputException as {@link #read(Path)}
     */
    public static Picture read(String name, byte[] content) {
        return read(MediaFile.inMemory(name, content));
    }

    private static Picture read(MediaFile file) {
        try (DecodedPicture picture = open(file)) {
            int bytes = 3 * picture.width() * picture.height();
            ByteBuffer rgb = ByteBuffer.allocateDirect(bytes);
            picture.writeRgb(rgb);
            byte[] samples = new byte[bytes];
            rgb.get(0, samples);
            return new Picture(picture.width(), picture.height(), samples);
        }
    }

    /**
     * Decodes the picture, for those who have their own memory to write it to.
     *
     * @return the picture; the caller closes it
     * @throws InputException as {@link #read(Path)}
     */
    public static DecodedPicture open(Path file) {
        return open(whole(file));
    }

    private static DecodedPicture open(MediaFile picture) {
        Picture tiff = TiffReader.isTiff(picture) ? TiffReader.read(picture) : null;
        return tiff == null ? decode(picture) : new JavaPicture(tiff);
    }

    private static MediaFile whole(Path file) {
        try {
            return MediaFile.whole(file);
        } catch (InputException e) {
            throw ofPicture(e);
        }
    }

    private static DecodedPicture decode(MediaFile file) {
        VideoDecoder decoder = null;
        try {
            decoder = VideoDecoder.open(file.path().getFileName().toString(), file, OPTIONS);
            decoder.advance();
            warnIfSeveral(
                    file.path(),
                    Math.max(decoder.estimatedFrames(), AnimatedFile.apngPictures(file)));
            DecodedPicture opened = new FfmpegPicture(decoder);
            decoder = null;
            return opened;
        } catch (InputException e) {
            if (AnimatedFile.isAnimatedWebp(file)) {
                throw new InputException(
                        "picture "
                                + file
                                + " cannot be read: FFmpeg does not decode animated WebP; GIF, PNG"
                                + " and videos are allowed",
                        e);
            }
            throw ofPicture(e);
        } finally {
            if (decoder != null) {
                decoder.close();
            }
        }
    }

    private static InputException ofPicture(InputException e) {
        String reason = e.getMessage().replaceFirst("^video ", "picture ");
        return new InputException(reason.replace("not a video", "not a picture"), e);
    }

    /** Warns that a file holds more pictures than the one that is taken. */
    static void warnIfSeveral(Path file, long pictures) {
        if (pictures > 1) {
            Path folder = file.toAbsolutePath().getParent();
            WarnOnce.once(
                    LOG,
                    "several pictures in files of " + folder,
                    file
                            + " holds "
                            + pictures
                            + " pictures and the first is taken, as of others in its folder");
        }
    }

    /** A decoded picture, as a viewer sees it, in whatever memory it was decoded to. */
    public interface DecodedPicture extends AutoCloseable {

        /** Columns of the upright picture. */
        int width();

        /** Rows of the upright picture. */
        int height();

        /**
         * Writes the upright picture as rows of RGB triples.
         *
         * @param target direct; {@code 3 * width * height} bytes are written from its position on,
         *     which stays where it is
         */
        void writeRgb(ByteBuffer target);

        /** Frees its memory, if it is not Java's. */
        @Override
        void close();
    }

    /** A picture in FFmpeg's memory. */
    private record FfmpegPicture(VideoDecoder decoder) implements DecodedPicture {

        @Override
        public int width() {
            return decoder.info().displayWidth();
        }

        @Override
        public int height() {
            return decoder.info().displayHeight();
        }

        @Override
        public void writeRgb(ByteBuffer target) {
            decoder.writeRgb(target);
        }

        @Override
        public void close() {
            decoder.close();
        }
    }

    /** A picture in Java's memory. */
    private record JavaPicture(Picture picture) implements DecodedPicture {

        @Override
        public int width() {
            return picture.width();
        }

        @Override
        public int height() {
            return picture.height();
        }

        @Override
        public void writeRgb(ByteBuffer target) {
            picture.writeRgb(target);
        }

        @Override
        public void close() {
            // Its memory is the collector's.
        }
    }
}
