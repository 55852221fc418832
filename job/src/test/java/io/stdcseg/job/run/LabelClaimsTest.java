// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.function.score.LabelStore;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.testing.Streams;
import io.stdcseg.label.LabelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelClaimsTest {

    @TempDir private Path labels;

    @Test
    void aFlatFolderIsOfOneVideo() throws IOException {
        Path label = label("000005.png");

        assertAllowed(Streams.video("street"));
        assertRefused(label, "street", "bridge");
    }

    @Test
    void foldersTellVideosApart() throws IOException {
        label("street/000005.png");
        Path flat = label("000005.png");

        assertAllowed(Streams.video("street"), Streams.video("bridge"));
        assertThatThrownBy(
                        () ->
                                check(
                                        Streams.video("street"),
                                        Streams.video("bridge"),
                                        Streams.video("tunnel")))
                .hasMessage(message(flat, "bridge", "tunnel"));
    }

    @Test
    void picturesOfOneNameInTwoFoldersCannotShareALabel() throws IOException {
        Path label = label("a.png");
        PlannedStream left = Streams.pictures("left", "a.jpg", "b.jpg");
        PlannedStream right = Streams.pictures("right", "a.png");

        assertAllowed(left);
        assertThatThrownBy(() -> check(left, right))
                .isInstanceOf(InputException.class)
                .hasMessage(message(label, "left", "right"));

        label("right/a.png");
        assertAllowed(left, right);
    }

    @Test
    void picturesInTwoFoldersCannotShareALabel() throws IOException {
        Path label = label("000000.png");
        PlannedStream stream = Streams.pictures("img", "a/000000.png", "b/000000.png");

        assertThatThrownBy(() -> check(stream))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "label "
                                + label
                                + " could be of picture a/000000 or b/000000; put it where its"
                                + " picture lies below img");
    }

    @Test
    void labelsInFoldersOfOtherNamesMustBeClear() throws IOException {
        PlannedStream stream = Streams.pictures("img", "a/000000.png", "b/000000.png");
        label("a/000000.png");
        assertAllowed(stream); // The other picture has no label.

        Files.move(labels.resolve("a"), labels.resolve("a_gt"));
        label("b_gt/000000.png");

        assertThatThrownBy(() -> check(stream))
                .hasMessageMatching(
                        "labels .*a_gt/000000.png and .*b_gt/000000.png could both be that of"
                                + " picture a/000000; .*");
    }

    @Test
    void aPictureAndAVideoFrameCannotShareALabelEither() throws IOException {
        Path label = label("000005.png");

        assertThatThrownBy(
                        () -> check(Streams.pictures("val", "000005.png"), Streams.video("street")))
                .hasMessage(message(label, "val", "street"));
    }

    private void assertAllowed(PlannedStream... streams) {
        assertThatCode(() -> check(streams)).doesNotThrowAnyException();
    }

    private void assertRefused(Path label, String first, String second) {
        assertThatThrownBy(() -> check(Streams.video(first), Streams.video(second)))
                .isInstanceOf(InputException.class)
                .hasMessage(message(label, first, second));
    }

    private static String message(Path label, String first, String second) {
        return "label "
                + label
                + " could be of stream "
                + first
                + " or "
                + second
                + "; put the labels of each into a folder with its name";
    }

    private void check(PlannedStream... streams) {
        List<PlannedStream> planned = List.of(streams);
        LabelClaims.check(
                LabelStore.open(labels, LabelSet.of("camvid"), LabelClaims.pictureFolders(planned)),
                planned);
    }

    private Path label(String name) throws IOException {
        Path file = labels.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "read later");
    }
}
