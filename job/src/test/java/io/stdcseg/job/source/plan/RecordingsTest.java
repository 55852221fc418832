// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Rational;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Planning of data sets that are known by their layout and names. */
class RecordingsTest {

    private static final Rational CITYSCAPES_RATE = new Rational(17, 1);
    private static final Rational CAMVID_RATE = new Rational(30, 1);

    @TempDir private Path tmp;
    private Path set;

    @BeforeEach
    void normalise() throws IOException {
        set = Files.createDirectories(tmp.toRealPath().resolve("data set"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "leftImg8bit_sequence", "leftImg8bit_sequence/val"})
    void recordingsOfCityscapesAreStreamsWhateverFolderIsGiven(String given) throws IOException {
        sequence("val/munster/munster_000001", 3);
        sequence("val/frankfurt/frankfurt_000000", 693, 694, 694 + 600);
        sequence("val/frankfurt/frankfurt_000001", 19);
        touch("gtFine/val/frankfurt/frankfurt_000000_000694_gtFine_labelIds.png");
        touch("gtFine/val/frankfurt/frankfurt_000000_000694_gtFine_color.png");
        touch("leftImg8bit/val/frankfurt/frankfurt_000000_000694_leftImg8bit.png");

        SourceSpec spec = plan(given, null);

        String frankfurt = set + "/leftImg8bit_sequence/val/frankfurt";
        assertThat(spec.streams())
                .containsExactly(
                        PlannedStream.pictures(
                                "frankfurt_000000",
                                frankfurt,
                                frankfurt,
                                List.of(
                                        "frankfurt_000000_000693_leftImg8bit.png",
                                        "frankfurt_000000_000694_leftImg8bit.png",
                                        "frankfurt_000000_001294_leftImg8bit.png"),
                                new PictureTiming(CITYSCAPES_RATE, List.of(0L, 1L, 601L))),
                        PlannedStream.pictures(
                                "frankfurt_000001",
                                frankfurt,
                                frankfurt,
                                List.of("frankfurt_000001_000019_leftImg8bit.png"),
                                new PictureTiming(CITYSCAPES_RATE, List.of(0L))),
                        PlannedStream.pictures(
                                "munster_000001",
                                set + "/leftImg8bit_sequence/val/munster",
                                set + "/leftImg8bit_sequence/val/munster",
                                List.of("munster_000001_000003_leftImg8bit.png"),
                                new PictureTiming(CITYSCAPES_RATE, List.of(0L))));
        KnownLabels labels =
                new KnownLabels(set + "/gtFine/val/frankfurt", RecordingSet.CITYSCAPES);
        assertThat(spec.labels())
                .isEqualTo(Map.of("frankfurt_000000", labels, "frankfurt_000001", labels));
    }

    @Test
    void stillsOfCityscapesStayOneStreamAndHaveTheirLabels() throws IOException {
        touch("leftImg8bit/val/lindau/lindau_000000_000019_leftImg8bit.png");
        touch("leftImg8bit/val/lindau/lindau_000001_000019_leftImg8bit.png");
        touch("gtFine/val/lindau/lindau_000001_000019_gtFine_labelTrainIds.png");

        for (String given : List.of("", "leftImg8bit", "leftImg8bit/val")) {
            SourceSpec spec = plan(given, null);

            PlannedStream stream = spec.streams().get(0);
            assertThat(spec.streams()).hasSize(1);
            assertThat(stream.source()).isEqualTo(set.resolve(given).toString());
            assertThat(stream.name()).isEqualTo(set.resolve(given).getFileName().toString());
            assertThat(stream.pictureName(1)).endsWith("lindau/lindau_000001_000019_leftImg8bit");
            assertThat(stream.timing()).isEqualTo(PictureTiming.even(PictureTiming.USUAL_RATE));
            assertThat(spec.labels().get(stream.name()).folder())
                    .isEqualTo(stream.path().replace("leftImg8bit", "gtFine"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "train/images, train/labels, val/images, val/labels, val",
        "images/train, masks/train, images/val, masks/val, images/val",
        "train, trainannot, val, valannot, val"
    })
    void recordingsOfCamvidAreStreamsByTheirDrives(
            String train, String trainLabels, String val, String valLabels, String split)
            throws IOException {
        for (String name : List.of("0016E5_00390", "0001TP_006690", "0016E5_00420")) {
            touch(train + "/" + name + ".png");
            touch(trainLabels + "/" + name + ".png");
        }
        for (String name : List.of("0016E5_07959", "0016E5_07961", "Seq05VD_f00030")) {
            touch(val + "/" + name + ".png");
            touch(valLabels + "/" + name + "_L.png");
        }

        SourceSpec whole = plan("", null);

        assertThat(whole.streams())
                .extracting(PlannedStream::name)
                .containsExactly("0001TP", "0016E5", "0016E5-2", "Seq05VD");
        assertThat(whole.streams().get(1).timing())
                .isEqualTo(new PictureTiming(CAMVID_RATE, List.of(0L, 30L)));
        assertThat(whole.streams().get(2).source()).isEqualTo(set.resolve(val).toString());
        assertThat(whole.labels().get("0016E5").folder())
                .isEqualTo(set.resolve(trainLabels).toString());
        assertThat(whole.labels().get("0016E5-2").folder())
                .isEqualTo(set.resolve(valLabels).toString());

        SourceSpec part = plan(split, null);

        assertThat(part.streams())
                .extracting(PlannedStream::name)
                .containsExactly("0016E5", "Seq05VD");
        assertThat(part.labels().get("Seq05VD"))
                .isEqualTo(new KnownLabels(set.resolve(valLabels).toString(), RecordingSet.CAMVID));
    }

    /** As it always was, so that results lie where they did. */
    @Test
    void theFolderOfASplitsPicturesStaysOneStream() throws IOException {
        touch("val/images/0016E5_07959.png");
        touch("val/images/Seq05VD_f00030.png");
        touch("val/labels/0016E5_07959.png");

        SourceSpec spec = plan("val/images", null);

        assertThat(spec.streams())
                .containsExactly(
                        PlannedStream.pictures(
                                "images",
                                set + "/val/images",
                                set + "/val/images",
                                List.of("0016E5_07959.png", "Seq05VD_f00030.png"),
                                PictureTiming.even(PictureTiming.USUAL_RATE)));
        assertThat(spec.labels().get("images").folder()).isEqualTo(set + "/val/labels");
    }

    @Test
    void aRateThatIsGivenWins() throws IOException {
        sequence("val/munster/munster_000001", 3, 5);
        touch("pictures/b.png");
        Rational ntsc = new Rational(30_000, 1001);

        assertThat(plan("leftImg8bit_sequence", ntsc).streams().get(0).timing())
                .isEqualTo(new PictureTiming(ntsc, List.of(0L, 2L)));
        assertThat(plan("pictures", ntsc).streams().get(0).timing())
                .isEqualTo(PictureTiming.even(ntsc));
        assertThat(plan("pictures/b.png", ntsc).streams().get(0).timing())
                .isEqualTo(PictureTiming.even(ntsc));
    }

    @Test
    void picturesOfOtherNamesAreAFolderAsAnyOther() throws IOException {
        sequence("val/munster/munster_000001", 3);
        touch("leftImg8bit_sequence/val/munster/thumbnail.png");
        touch("mine/train/images/a.png");
        touch("mine/train/labels/a.png");

        assertThat(plan("leftImg8bit_sequence/val", null).streams())
                .extracting(PlannedStream::name)
                .containsExactly("val");
        SourceSpec mine = plan("mine/train", null);
        assertThat(mine.streams())
                .singleElement()
                .extracting(PlannedStream::pictures)
                .isEqualTo(List.of("images/a.png", "labels/a.png"));
        assertThat(mine.labels()).isEmpty();
    }

    @Test
    void whoAsksForFilesAloneGetsThem() throws IOException {
        sequence("val/munster/munster_000001", 3);

        SourceSpec spec =
                SourceSpec.plan(List.of(set + "/leftImg8bit_sequence"), ReadOptions.defaults());

        assertThat(spec.streams())
                .extracting(PlannedStream::name)
                .containsExactly("leftImg8bit_sequence");
    }

    @Test
    void aFrameThatIsThereTwiceIsRefused() throws IOException {
        touch("val/images/0006R0_f00930.png");
        touch("val/images/0006R0_00930.png");
        touch("val/labels/0006R0_f00930.png");

        assertThatThrownBy(() -> plan("val", null))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "pictures "
                                + set
                                + "/val/images/0006R0_00930.png and "
                                + set
                                + "/val/images/0006R0_f00930.png are both frame 930 of recording"
                                + " 0006R0; one is allowed");
    }

    private SourceSpec plan(String given, Rational rate) {
        return SourceSpec.planRecordings(
                List.of(set.resolve(given).toString()), ReadOptions.defaults(), rate);
    }

    private void sequence(String recording, int... frames) throws IOException {
        for (int frame : frames) {
            touch(String.format("leftImg8bit_sequence/%s_%06d_leftImg8bit.png", recording, frame));
        }
    }

    private void touch(String relative) throws IOException {
        Path file = set.resolve(relative);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }
}
