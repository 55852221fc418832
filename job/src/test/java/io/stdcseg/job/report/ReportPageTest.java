// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.function.throughput.LatencyHistogram;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportPageTest {

    private static final int MEGABYTE = 1 << 20;

    /** Streams that count from their start, and those by the clock, have no axis in common. */
    @Test
    void streamsOfUnlikeTimesAreInUnlikeCharts() {
        JsonNode data = data(TestRuns.aDay());

        assertThat(names(data.get("rolling"))).containsExactly("street", "corner <b>");
        assertThat(names(data.get("overall"))).containsExactly("*", "gate");
        for (String chart : List.of("rolling", "overall", "throughput")) {
            JsonNode points = data.get(chart).get("lines").get(0).get("points");
            assertThat(points.size()).isGreaterThan(500);
            assertThat(points.get(points.size() - 1).get(0).asDouble())
                    .isCloseTo(86_400, within(1.0));
        }
    }

    @Test
    void aDayIsASmallPageWithExactTotals() {
        String page =
                ReportPage.of(
                        TestRuns.aDay(),
                        TestRuns.CAMVID,
                        TestRuns.EXPECTED,
                        Map.of("every", "2"),
                        0.02,
                        null);

        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(3 * MEGABYTE);
        assertThat(page).contains("\"frames\":262791", "[\"every\",\"2\"]", "uPlot=function");
        assertThat(page).doesNotContain("</script> is damaged", "/*DATA", "/*SCORES");
    }

    /** Four streams that slide by a second, with everything that is told without labels. */
    @Test
    void aDayOfFourUnlabelledStreamsIsASmallPageToo() {
        RunTotals totals = TestRuns.aDay();
        for (String stream : List.of("street", "corner <b>", "gate", "yard")) {
            for (int second = 1; second <= 86_400; second++) {
                totals.add(ReportEvent.of(TestRuns.watched(stream, second)));
            }
        }

        String page =
                ReportPage.of(totals, TestRuns.CAMVID, TestRuns.EXPECTED, Map.of(), 0.02, Map.of());

        assertThat(data(totals).get("drift").get("lines").size()).isPositive();
        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(3 * MEGABYTE);
    }

    @Test
    void whatHasNoFramesIsAPageToo() {
        JsonNode data = data(new RunTotals());

        assertThat(data.get("startSeconds").isNull()).isTrue();
        assertThat(data.get("latencies")).isEmpty();
        assertThat(data.get("rolling").get("lines")).isEmpty();
    }

    @Test
    void latenciesAreDrawnFromTheFastestToTheSlowest() {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int millis = 1; millis <= 100; millis++) {
            histogram.add(millis * 1_000_000L);
        }

        List<Map<String, Object>> lines =
                Charts.percentiles(Map.of("all", histogram, "none", new LatencyHistogram()));

        assertThat(lines).hasSize(1);
        List<?> points = (List<?>) lines.get(0).get("points");
        assertThat((double[]) points.get(0)).containsExactly(new double[] {0, 1}, within(0.01));
        assertThat((double[]) points.get(50)).containsExactly(new double[] {50, 50}, within(0.3));
        assertThat((double[]) points.get(points.size() - 1)).containsExactly(100, 100);
    }

    private static List<String> names(JsonNode chart) {
        return chart.get("lines").findValuesAsText("name");
    }

    private static JsonNode data(RunTotals totals) {
        return new ObjectMapper()
                .valueToTree(
                        ReportPage.data(
                                totals, TestRuns.CAMVID, TestRuns.EXPECTED, Map.of(), 0.02));
    }
}
