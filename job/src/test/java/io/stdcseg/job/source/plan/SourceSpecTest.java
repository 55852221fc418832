// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.testing.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceSpecTest {

    private static final PictureTiming USUAL = PictureTiming.even(PictureTiming.USUAL_RATE);

    @TempDir Path dir;

    @Test
    void aVideoFileIsAStreamNamedAfterIt() throws IOException {
        Path file = touch("drive.by.night.mp4");

        assertThat(plan(file.toString()))
                .containsExactly(PlannedStream.video("drive.by.night", file.toString()));
        assertThat(plan(file.toUri().toString())).isEqualTo(plan(file.toString()));
        assertThat(plan("file:" + file)).isEqualTo(plan(file.toString()));
        assertThat(plan("file://" + file)).isEqualTo(plan(file.toString()));
    }

    @Test
    void takenNamesAreNumbered() throws IOException {
        String a = touch("x/a.mp4").toString();
        String b = touch("y/a.mov").toString();
        String c = touch("z/A.mkv").toString();

        assertThat(plan(a, b, c, a))
                .extracting(PlannedStream::name)
                .containsExactly("a", "a-2", "A-3", "a-4");
    }

    @Test
    void aGlobGivesItsFilesInNaturalOrder() throws IOException {
        touch("v10.mp4");
        touch("v9.mp4");
        touch("deep/er/v1.mp4");
        touch(".hidden/v2.mp4");
        touch("notes.txt");

        assertThat(plan(dir + "/*.mp4"))
                .extracting(PlannedStream::name)
                .containsExactly("v9", "v10");
        assertThat(plan(dir + "/**.mp4"))
                .extracting(PlannedStream::name)
                .containsExactlyInAnyOrder("v1", "v9", "v10");
        assertThat(plan("file://" + dir + "/*.mp4")).isEqualTo(plan(dir + "/*.mp4"));
    }

    @Test
    void aFolderOfPicturesIsOneStream() throws IOException {
        touch("pics/f10.png");
        touch("pics/f2.PNG");
        touch("pics/readme.md");

        assertThat(plan(dir + "/pics/"))
                .containsExactly(
                        PlannedStream.pictures(
                                "pics",
                                dir + "/pics/",
                                dir + "/pics",
                                List.of("f2.PNG", "f10.png"),
                                USUAL));
    }

    @Test
    void foldersInAFolderOfPicturesFollowEachOther() throws IOException {
        touch("val/munster/munster_1.png");
        touch("val/frankfurt/frankfurt_2.png");
        touch("val/frankfurt/frankfurt_1.png");

        assertThat(plan(dir + "/val").get(0).pictures())
                .containsExactly(
                        "frankfurt/frankfurt_1.png",
                        "frankfurt/frankfurt_2.png",
                        "munster/munster_1.png");
    }

    @Test
    void aPictureIsAStreamOfOneAndAGlobOfPicturesIsOneStream() throws IOException {
        touch("pics/f1.jpg");
        touch("pics/f2.jpg");

        assertThat(plan(dir + "/pics/f1.jpg"))
                .containsExactly(
                        PlannedStream.pictures(
                                "f1",
                                dir + "/pics/f1.jpg",
                                dir + "/pics",
                                List.of("f1.jpg"),
                                USUAL));
        assertThat(plan(dir + "/pics/*.jpg"))
                .containsExactly(
                        PlannedStream.pictures(
                                "pics",
                                dir + "/pics/*.jpg",
                                dir + "/pics",
                                List.of("f1.jpg", "f2.jpg"),
                                USUAL));
    }

    @Test
    void aFileMayBeCalledWhatAGlobLooksLike() throws IOException {
        touch("odd[1]/v[2].mp4");
        touch("odd[1]/v2.mp4");

        assertThat(plan(dir + "/odd[1]/v[2].mp4"))
                .extracting(PlannedStream::name)
                .containsExactly("v[2]");
    }

    @Test
    void saysWhatIsWrongInOneLine() throws IOException {
        Files.createDirectories(dir.resolve("empty"));
        touch("broken/a.mp4");

        assertFails("nowhere.mp4", "source 'nowhere.mp4' does not exist");
        assertFails(
                "/dev/null",
                "source '/dev/null' is a pipe or device, which is not supported; files and"
                        + " directories are");
        assertFails(dir + "/*.mp4", "source '" + dir + "/*.mp4' matches no file");
        assertFails(
                "/no/such/*.mp4",
                "source '/no/such/*.mp4': folder /no/such of the glob does not exist");
        assertFails(
                dir + "/empty",
                "source '"
                        + dir
                        + "/empty' is a directory without pictures ([bmp, jpeg, jpg, png, ppm, tif,"
                        + " tiff, webp]); videos are given as files or as a glob");
        assertThatThrownBy(() -> plan(dir + "/broken/[a.mp4"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("source '" + dir + "/broken/[a.mp4' is not a glob: ");
        assertFails(
                "s3://bucket/a.mp4",
                "'s3://bucket/a.mp4': Flink has no file system for s3 here; the plugins in"
                        + " FLINK_PLUGINS_DIR bring one, as flink-s3-fs-hadoop for s3");
        assertThatThrownBy(() -> SourceSpec.plan(List.of(), ReadOptions.defaults()))
                .isInstanceOf(InputException.class)
                .hasMessage("no source is given; at least one is needed");
    }

    @Test
    void aLiveStreamIsPlannedWithoutItsCredentials() {
        SourceSpec spec =
                SourceSpec.plan(
                        List.of("rtsp://me:secret@cam/1?token=abc", "http://host/live/a.m3u8"),
                        ReadOptions.defaults());

        assertThat(spec.endless()).isTrue();
        assertThat(spec.streams())
                .extracting(PlannedStream::name)
                .containsExactly("cam-1", "host-live-a");
        assertThat(spec.streams().get(0).source()).isEqualTo("rtsp://cam/1?token=***");
        assertThat(spec.streams().get(0).path()).isEqualTo("rtsp://me:secret@cam/1?token=abc");
        assertThat(spec.toString() + spec.streams()).doesNotContain("secret", "abc");
    }

    @Test
    void whatLiesInAStoreIsPlannedAsLocally() throws IOException {
        touch("v10.mp4");
        touch("v9.mp4");
        touch("deep/er/v1.mp4");
        touch(".hidden/v2.mp4");
        touch("pics/a/f10.png");
        touch("pics/f2.PNG");

        for (String source :
                List.of(
                        "v9.mp4",
                        "*.mp4",
                        "**.mp4",
                        "*/*.{png,PNG}",
                        "pics/",
                        "pics/f2.PNG",
                        "de*p/**")) {
            List<PlannedStream> stored = plan(FolderStore.text(dir) + "/" + source);

            assertThat(stored)
                    .as(source)
                    .map(stream -> stream.toString().replace("folder://", ""))
                    .isEqualTo(plan(dir + "/" + source).stream().map(Record::toString).toList());
            assertThat(stored.get(0).path()).startsWith(FolderStore.text(dir));
        }
    }

    @Test
    void whatIsWrongInAStoreIsSaidAsLocally() throws IOException {
        String store = FolderStore.text(dir);
        Files.createDirectories(dir.resolve("empty"));

        assertFails(store + "/a.mp4", "source '" + store + "/a.mp4' does not exist");
        assertFails(store + "/*.mp4", "source '" + store + "/*.mp4' matches no file");
        assertFails(
                store + "/none/*.mp4",
                "source '"
                        + store
                        + "/none/*.mp4': folder "
                        + store
                        + "/none of the glob does not exist");
        assertThatThrownBy(() -> plan(store + "/empty"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is a directory without pictures");
    }

    @Test
    void whatCannotBeReadBecomesAFailedStreamWhereErrorsAreSkipped() throws IOException {
        Path file = touch("a.mp4");
        ReadOptions options = ReadOptions.defaults().onError(OnError.SKIP);

        SourceSpec spec = SourceSpec.plan(List.of("gone/a.mp4", file.toString()), options);

        assertThat(spec.streams())
                .containsExactly(
                        PlannedStream.unreadable(
                                "a", "gone/a.mp4", "source 'gone/a.mp4' does not exist"),
                        PlannedStream.video("a-2", file.toString()));
    }

    private static void assertFails(String source, String message) {
        assertThatThrownBy(() -> plan(source))
                .isInstanceOf(InputException.class)
                .hasMessage(message);
    }

    private static List<PlannedStream> plan(String... sources) {
        return SourceSpec.plan(List.of(sources), ReadOptions.defaults()).streams();
    }

    private Path touch(String relative) throws IOException {
        Path file = dir.resolve(relative);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
