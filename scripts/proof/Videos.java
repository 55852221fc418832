// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacv.FFmpegFrameGrabber;

/** Videos, read in full. */
final class Videos {

    private Videos() {}

    /** When each picture is shown, in microseconds; fails at the first damage. */
    static List<Long> micros(Path video) throws IOException {
        List<Long> micros = new ArrayList<>();
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(video.toFile())) {
            grabber.setVideoOption("err_detect", "explode");
            grabber.setVideoOption("threads", "1");
            grabber.start();
            while (grabber.grabImage() != null) {
                micros.add(grabber.getTimestamp());
            }
        }
        return micros;
    }
}
