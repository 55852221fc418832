// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.job.report.training.TrainingLog;
import io.stdcseg.job.report.training.TrainingPage;
import io.stdcseg.job.testing.Browser;
import io.stdcseg.job.testing.Chromium;
import io.stdcseg.testing.TestScores;
import io.stdcseg.training.Evaluation.Sample;
import io.stdcseg.training.Evaluation.SegmentationScores;
import io.stdcseg.training.TrainingListener.TrainingScore;
import io.stdcseg.training.TrainingListener.TrainingStep;
import io.stdcseg.training.loss.LossValues;
import io.stdcseg.training.recipe.Recipe;
import io.stdcseg.training.recipe.RecipeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages as a browser shows them: on a desk and on a telephone, light and dark. */
@Timeout(180)
class PagesITCase {

    private static final Path PICTURES = Path.of("target", "pages");

    /** The least contrast of what is drawn: WCAG 2.1, 1.4.11. */
    private static final String CONTRASTS =
            """
            (() => {
              const light = c => c.map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
              const rgb = name => {
                const probe = document.body.appendChild(document.createElement('i'));
                probe.style.color = css(name);
                const value = getComputedStyle(probe).color.match(/\\d+/g).map(Number);
                probe.remove();
                return light(value);
              };
              const paper = rgb('--paper');
              return Math.min(...['--ink', '--soft', '--mark', '--c0', '--c1', '--c2', '--c3', '--c4', '--c5']
                .map(rgb).map(v => (Math.max(v, paper) + .05) / (Math.min(v, paper) + .05)));
            })()\
            """;

    private static final String SMALLEST_TEXT =
            """
            Math.min(
              ...[...document.querySelectorAll('body *')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
                .map(e => parseFloat(getComputedStyle(e).fontSize)),
              ...charts.flatMap(c => c.plot.axes.map(a => parseFloat(a.font[0].match(/([\\d.]+)px/)[1]) / uPlot.pxRatio)))\
            """;

    /** Whether each chart is as wide as its place, and has drawn its first line in its colour. */
    private static final String DRAWN =
            """
            charts.every(({plot, box}) => {
              const {canvas} = plot.ctx, want = color(0).match(/\\w\\w/g).map(v => parseInt(v, 16));
              const pixels = plot.ctx.getImageData(0, 0, canvas.width, canvas.height).data;
              let found = 0;
              for (let i = 0; i < pixels.length; i += 4) found += want.every((v, c) => Math.abs(pixels[i + c] - v) < 12) ? 1 : 0;
              return found > 50 && canvas.getBoundingClientRect().width === box.clientWidth;
            })\
            """;

    @TempDir private Path folder;

    @TempDir private Path profile;

    @Test
    void canBeReadOnADeskAndOnATelephoneByDayAndByNight() throws Exception {
        Path chromium = Chromium.require();
        Map<Path, Integer> charts = new LinkedHashMap<>();
        charts.put(report("day", TestRuns.aDay()), 4);
        charts.put(report("fifteen", TestRuns.fifteenFrames()), 3);
        charts.put(report("frames", TestRuns.fifteenFrames(), TestRuns.frames()), 3);
        charts.put(compare(), 2);
        charts.put(training(), 4);

        try (Browser browser = Browser.start(chromium, profile)) {
            for (Map.Entry<Path, Integer> page : charts.entrySet()) {
                for (int width : List.of(1280, 390)) {
                    for (boolean dark : List.of(false, true)) {
                        String name = page.getKey().getFileName() + "-" + width + (dark ? "d" : "");
                        browser.look(width, 1200, dark);
                        browser.open(page.getKey().toUri());
                        browser.await(
                                "document.readyState === 'complete' && document.URL === '"
                                        + page.getKey().toUri()
                                        + "' && innerWidth === "
                                        + width
                                        + " && typeof charts === 'object'");
                        browser.await("charts.length === " + page.getValue());
                        browser.await(DRAWN);
                        assertReadable(browser, name);
                        browser.screenshot(PICTURES.resolve(name + ".png"));
                    }
                }
            }
            assertThat(browser.requests()).allMatch(url -> url.matches("(file|data):.*"));
            assertThat(browser.errors()).isEmpty();
        }
    }

    private static void assertReadable(Browser browser, String name) {
        String beyond =
                "document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assertThat(browser.evaluate(beyond).asInt()).as(name).isZero();
        assertThat(browser.evaluate(SMALLEST_TEXT).asDouble()).as(name).isGreaterThanOrEqualTo(10);
        assertThat(browser.evaluate(CONTRASTS).asDouble()).as(name).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aTrainingShowsItsMasksInTheColoursOfTheClasses() throws Exception {
        Path chromium = Chromium.require();
        Path page = training();

        try (Browser browser = Browser.start(chromium, profile)) {
            browser.open(page.toUri());
            browser.await("document.readyState === 'complete' && typeof charts === 'object'");
            // Two pictures, their labels and masks of four evaluations.
            String canvases = "[...document.querySelectorAll('.course canvas')]";
            assertThat(browser.evaluate(canvases + ".length").asInt()).isEqualTo(10);
            String bottom = "[...c.getContext('2d').getImageData(9, c.height - 1, 1, 1).data]";
            assertThat(
                            browser.evaluate(
                                            canvases
                                                    + ".every(c => "
                                                    + bottom
                                                    + ".join() === ["
                                                    + "...data.classes[3].color.match(/\\w\\w/g)"
                                                    + ".map(v => parseInt(v, 16)), 255].join())")
                                    .asBoolean())
                    .isTrue();
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void tablesSortAndPartsOfChartsAreChosenWithoutAMouse() throws Exception {
        Path chromium = Chromium.require();
        Path page = report("day", TestRuns.aDay());

        try (Browser browser = Browser.start(chromium, profile)) {
            browser.open(page.toUri());
            browser.await("document.readyState === 'complete' && typeof charts === 'object'");
            String first = "document.querySelector('#scores tbody th').textContent";
            assertThat(browser.evaluate(first).asText()).isEqualTo("sky");

            String heading = "document.querySelectorAll('#scores thead button')[1]";
            browser.evaluate(heading + ".focus(), document.activeElement.click()");
            assertThat(browser.evaluate(heading + ".parentNode.ariaSort").asText())
                    .isEqualTo("descending");
            assertThat(browser.evaluate(first).asText()).isEqualTo("pedestrian");
            browser.evaluate(heading + ".click()");
            assertThat(browser.evaluate(first).asText()).isEqualTo("sky");
            assertThat(
                            browser.evaluate(
                                            "document.querySelector('#scores tbody').lastChild"
                                                    + ".textContent")
                                    .asText())
                    .startsWith("bicyclist"); // which has no value

            String byScore = "[...document.querySelectorAll('#streams thead button')]";
            browser.evaluate(byScore + ".find(b => b.textContent === 'mIoU').click()");
            assertThat(
                            browser.evaluate(
                                            "document.querySelector('#streams tbody').lastChild"
                                                    + ".textContent")
                                    .asText())
                    .startsWith("gate"); // which has no labels

            String slider = "document.querySelector('#rolling .brush input')";
            browser.evaluate(slider + ".value = 500");
            browser.evaluate(slider + ".dispatchEvent(new Event('input'))");
            browser.await("charts[0].plot.scales.x.min > 43000");
            assertThat(browser.evaluate(slider + ".getAttribute('aria-valuetext')").asText())
                    .matches("12:0\\d h");

            browser.evaluate(
                    "chart('overall', 'many', Array.from({length: 40}, (_, i) =>"
                            + " ({name: 's' + i, points: [[0, 9 - i], [1, i]]})))");
            assertThat(browser.evaluate("document.querySelector('#overall .note').textContent"))
                    .asString()
                    .contains("Of 40 lines the 12 lowest are drawn.");
            assertThat(browser.evaluate("document.querySelectorAll('#overall li').length").asInt())
                    .isEqualTo(12);

            browser.evaluate("document.querySelector('#rolling summary').click()");
            browser.await("document.querySelectorAll('#rolling tbody tr').length > 50");
            assertThat(browser.evaluate("document.querySelector('b b') === null").asBoolean())
                    .isTrue();
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void aFrameThatIsWorthALookIsEnlargedAndTheFocusComesBack() throws Exception {
        Path chromium = Chromium.require();
        Path page = report("frames", TestRuns.fifteenFrames(), TestRuns.frames());

        try (Browser browser = Browser.start(chromium, profile)) {
            for (int width : List.of(1280, 390)) {
                browser.look(width, 900, false);
                browser.open(page.toUri());
                browser.await(
                        "document.readyState === 'complete' && innerWidth === "
                                + width
                                + " && document.querySelectorAll('#frames img').length === 6");
                assertThat(
                                browser.evaluate(
                                                "[...document.querySelectorAll('#frames"
                                                    + " img')].every(i => i.alt && i.naturalWidth)")
                                        .asBoolean())
                        .isTrue();
                browser.evaluate("document.querySelectorAll('#frames button')[3].focus()");
                browser.evaluate("document.activeElement.click()");
                browser.await("document.querySelector('dialog img').complete");
                assertThat(
                                browser.evaluate(
                                                "document.querySelector('dialog img')"
                                                        + ".getBoundingClientRect().width")
                                        .asInt())
                        .isBetween(width * 8 / 10, width);
                assertThat(browser.evaluate("document.querySelector('dialog p').textContent"))
                        .asString()
                        .contains("<b>corner, frame 7: difference");
                browser.screenshot(PICTURES.resolve("frames-large-" + width + ".png"));

                browser.evaluate("document.querySelector('dialog button').click()");
                browser.await("document.querySelector('dialog') === null");
                assertThat(browser.evaluate("document.activeElement.dataset.large").asText())
                        .endsWith("difference");
            }
            assertThat(browser.errors()).isEmpty();
        }
    }

    private Path report(String name, RunTotals totals) throws IOException {
        return report(name, totals, null);
    }

    private Path report(String name, RunTotals totals, Map<String, Object> frames)
            throws IOException {
        Map<String, String> settings = Map.of("source", "a/rather/long/folder/street.mp4");
        return write(
                name,
                ReportPage.of(totals, TestRuns.CAMVID, TestRuns.EXPECTED, settings, 0.02, frames));
    }

    private Path compare() throws IOException {
        Path a = run("a", TestRuns.aDay(), 0.7);
        Path b = run("b", TestRuns.aDay(), 0.6);
        return write("compare", ComparePage.of(RunResult.read("a", a), RunResult.read("b", b)));
    }

    private Path run(String name, RunTotals totals, double miou) throws IOException {
        Path run = Files.createDirectory(folder.resolve(name));
        Files.writeString(
                run.resolve("summary.json"),
                Summary.json(totals, TestRuns.CAMVID, TestRuns.EXPECTED, 0.02));
        for (String kind : List.of("scores", "throughput")) {
            StringBuilder lines = new StringBuilder();
            for (int second = 1; second < 60; second++) {
                lines.append("{\"stream\":\"street\",\"windowEnd\":").append(second);
                lines.append(",\"miou\":").append(miou).append(",\"framesPerSecond\":9}\n");
            }
            Path file = run.resolve(kind).resolve(kind + "-000000-0123abcd.jsonl");
            Files.createDirectories(file.getParent());
            Files.writeString(file, lines);
        }
        return run;
    }

    private Path training() throws IOException {
        Path file = folder.resolve("training.html");
        Recipe recipe = RecipeReader.read("camvid-stdc1");
        TrainingLog log = TrainingLog.open(folder.resolve("log.jsonl"), 0, TestRuns.CAMVID.names());
        log.began(0, Map.of("runs on", "cpu"));
        try (log;
                TrainingPage page =
                        new TrainingPage(
                                file, recipe, "streets", Map.of(), log.history(), () -> 0)) {
            for (int i = 1; i <= 400; i++) {
                LossValues losses = new LossValues(Map.of("main", 1.0 / i, "dice", 0.5));
                log.stepped(new TrainingStep(i, 0.01, losses, 48, 1));
                if (i % 100 == 0) {
                    double miou = 0.7 - 1.0 / i;
                    log.evaluated(
                            new TrainingScore(
                                    i,
                                    new SegmentationScores(
                                            Map.of(1.0, TestScores.of(miou, 0.9, new double[11])),
                                            samples(i)),
                                    i == 300));
                    log.began(i, Map.of("runs on", "gpu" + i));
                }
            }
        }
        return file;
    }

    /** A disc that comes nearer to its label. */
    private static List<Sample> samples(int iteration) {
        int width = 480;
        int height = 360;
        byte[] rgb = new byte[3 * width * height];
        byte[] labels = new byte[width * height];
        byte[] mask = new byte[width * height];
        for (int i = 0; i < labels.length; i++) {
            double left = Math.hypot(i % width - 200, i / width - 180);
            labels[i] = (byte) (i / width < 20 ? 255 : left < 80 ? 8 : i / width < 180 ? 0 : 3);
            double off = Math.hypot(i % width - 200 - 40_000.0 / iteration / 4, i / width - 180);
            mask[i] = (byte) (off < 80 ? 8 : i / width < 170 ? 0 : 3);
            Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) (left < 80 ? 200 : i / width));
        }
        return List.of(
                new Sample("0016E5_07959.png", width, height, rgb, labels, mask),
                new Sample("<b>.png", width, height, rgb, labels, labels));
    }

    private Path write(String name, String page) throws IOException {
        return Files.writeString(folder.resolve(name + ".html"), page);
    }
}
