// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlaylistTextTest {

    private static final long NO_TIME = -1;

    @Test
    void aPlaylistThatGrowsSaysSo() {
        assertThat(PlaylistText.head(2, 0, 0, true))
                .isEqualTo(
                        """
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-TARGETDURATION:2
                        #EXT-X-MEDIA-SEQUENCE:0
                        #EXT-X-PLAYLIST-TYPE:EVENT
                        """);
    }

    @Test
    void aPlaylistThatLosesItsBeginningCountsWhatWent() {
        assertThat(PlaylistText.head(2, 41, 3, false))
                .contains("#EXT-X-MEDIA-SEQUENCE:41\n", "#EXT-X-DISCONTINUITY-SEQUENCE:3\n")
                .doesNotContain("#EXT-X-PLAYLIST-TYPE");
    }

    @Test
    void headersAreNamedAtTheBeginningAndBehindEachDiscontinuity() {
        List<PlaylistEntry> entries =
                List.of(
                        new PlaylistEntry("1.m4s", "ab", 2, false, NO_TIME, null),
                        new PlaylistEntry("2.m4s", "ab", 1.23456789, false, NO_TIME, null),
                        new PlaylistEntry("3.m4s", "cd", 2, true, NO_TIME, null));
        String text =
                """
                #EXTINF:2.000000,
                1.m4s
                #EXTINF:1.234568,
                2.m4s
                #EXT-X-DISCONTINUITY
                #EXT-X-MAP:URI="init-cd.mp4"
                #EXTINF:2.000000,
                3.m4s
                """;
        assertThat(PlaylistText.entries(entries, false)).isEqualTo(text);
        assertThat(PlaylistText.entries(entries, true))
                .isEqualTo("#EXT-X-MAP:URI=\"init-ab.mp4\"\n" + text);
    }

    @Test
    void weightsAreNamedWhereOthersBegin() {
        List<PlaylistEntry> entries =
                List.of(
                        new PlaylistEntry("1.m4s", "ab", 2, false, NO_TIME, "0a"),
                        new PlaylistEntry("2.m4s", "ab", 2, false, NO_TIME, "0a"),
                        new PlaylistEntry("3.m4s", "ab", 2, false, NO_TIME, "0b"));
        assertThat(PlaylistText.entries(entries, false))
                .isEqualTo(
                        """
                        #EXT-X-STDC-WEIGHTS:0a
                        #EXTINF:2.000000,
                        1.m4s
                        #EXTINF:2.000000,
                        2.m4s
                        #EXT-X-STDC-WEIGHTS:0b
                        #EXTINF:2.000000,
                        3.m4s
                        """);
        assertThat(PlaylistText.files(PlaylistText.entries(entries, false)))
                .containsExactlyInAnyOrder("1.m4s", "2.m4s", "3.m4s");
    }

    @Test
    void aLiveStreamsSegmentsSayWhenTheyWere() {
        assertThat(
                        PlaylistText.entries(
                                List.of(
                                        new PlaylistEntry(
                                                "1.m4s", "ab", 2, false, 1_764_467_006_007L, null)),
                                false))
                .isEqualTo(
                        """
                        #EXT-X-PROGRAM-DATE-TIME:2025-11-30T01:43:26.007Z
                        #EXTINF:2.000000,
                        1.m4s
                        """);
    }
}
