// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Judges whether a job, or a process that jobs come to, grew: {@code TABLE} of {@link LiveWatch} or
 * of {@code session-soak}, of whose columns some have bounds. Holds the median of
 * each column in the last quarter of the time against that of the second one: in the first one a
 * job warms up. A line for each column; exit code 1 if one grew by more than its bound.
 */
final class LiveFlat {

    private static final List<Bound> BOUNDS =
            List.of(
                    new Bound("metaspace MiB", 0.05, 4),
                    new Bound("rss MiB", 0.08, 32),
                    new Bound("heap MiB", 0.10, 6),
                    new Bound("threads", 0.05, 4),
                    new Bound("handles", 0.05, 8),
                    new Bound("JM rss MiB", 0.08, 32),
                    new Bound("JM heap MiB", 0.10, 6),
                    new Bound("playlist ms", 0.25, 400));

    /** Faults show in the time to the playlist: fewer lines in a quarter say nothing of it. */
    private static final int FEWEST_OF_FAULTS = 20;

    private LiveFlat() {}

    /**
     * How much a column may grow.
     *
     * @param share of what it was
     * @param more beside that, in its unit
     */
    private record Bound(String column, double share, double more) {

        boolean holds(double before, double after) {
            return after <= before * (1 + share) + more;
        }

        String said() {
            return String.format(Locale.ROOT, "may grow by %.0f %% and %.0f", 100 * share, more);
        }
    }

    public static void main(String[] args) throws IOException {
        List<List<String>> rows =
                Files.readAllLines(Path.of(args[0])).stream()
                        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                        .toList();
        List<String> head = rows.get(0);
        List<List<String>> lines = rows.subList(2, rows.size());
        if (lines.size() < 8) {
            System.out.println("FAILED: it was watched " + lines.size() + " times only");
            System.exit(1);
        }
        boolean flat = true;
        int quarter = lines.size() / 4;
        for (Bound bound : BOUNDS) {
            int column = head.indexOf(bound.column());
            if (column < 0 || bound.column().equals("playlist ms") && quarter < FEWEST_OF_FAULTS) {
                continue;
            }
            double before = median(lines.subList(quarter, 2 * quarter), column);
            double after = median(lines.subList(lines.size() - quarter, lines.size()), column);
            // NaN, where nothing was measured, holds no bound.
            boolean holds = bound.holds(before, after);
            flat &= holds;
            System.out.printf(
                    Locale.ROOT,
                    "%s: %s %.1f in the second quarter, %.1f in the last; %s%n",
                    holds ? "flat" : "FAILED",
                    bound.column(),
                    before,
                    after,
                    bound.said());
        }
        System.exit(flat ? 0 : 1);
    }

    private static double median(List<List<String>> lines, int column) {
        double[] values =
                lines.stream()
                        .map(line -> line.get(column))
                        .filter(cell -> !cell.isEmpty())
                        .mapToDouble(Double::parseDouble)
                        .sorted()
                        .toArray();
        return values.length == 0 ? Double.NaN : values[values.length / 2];
    }
}
