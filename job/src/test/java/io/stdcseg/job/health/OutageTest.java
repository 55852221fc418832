// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers of Flink's REST interface, at second 10,000 by its clock; the limit is 60 s. */
class OutageTest {

    private static final double STALL = 60;

    private static Outage outage(String state, String vertex, int since, int... failures)
            throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode job =
                json.readTree(
                        String.format(
                                """
                                {"state": "%s", "now": 10000000, "timestamps": {"%s": %d000},
                                 "vertices": [{"status": "FINISHED"}, {"status": "%s"}]}
                                """,
                                state, state, since, vertex));
        String entries =
                Arrays.stream(failures)
                        .mapToObj(time -> "{\"timestamp\": " + time + "000}")
                        .collect(Collectors.joining(","));
        return Outage.of(
                job,
                json.readTree("{\"exceptionHistory\": {\"entries\": [" + entries + "]}}"),
                STALL);
    }

    @Test
    void aJobThatHasRunForLongIsWell() throws Exception {
        assertThat(outage("RUNNING", "RUNNING", 9_000).isLong(STALL)).isFalse();
        assertThat(outage("RUNNING", "RUNNING", 9_940, 9_930, 9_900).isLong(STALL)).isFalse();
    }

    @Test
    void oneFailureIsFlinksToMend() throws Exception {
        assertThat(outage("RESTARTING", "CANCELED", 9_990, 9_989).isLong(STALL)).isFalse();
        assertThat(outage("RUNNING", "RUNNING", 9_970, 9_960).isLong(STALL)).isFalse();
        assertThat(outage("RUNNING", "INITIALIZING", 9_000).isLong(STALL)).isFalse();
    }

    @Test
    void aJobThatFailsAgainAndAgainIsNotWell() throws Exception {
        Outage outage = outage("RESTARTING", "CANCELED", 9_995, 9_994, 9_900, 9_790, 9_600);

        assertThat(outage).isEqualTo(new Outage(3, 210));
        assertThat(outage.isLong(STALL)).isTrue();
        assertThat(outage("RUNNING", "RUNNING", 9_995, 9_960, 9_900)).isEqualTo(new Outage(2, 100));
    }

    /** Its first tasks have ended; the others get no slot, and Flink calls it running. */
    @Test
    void aJobThatWaitsForASlotDoesNotRun() throws Exception {
        assertThat(outage("RUNNING", "SCHEDULED", 9_800, 9_799)).isEqualTo(new Outage(1, 201));
        assertThat(outage("RUNNING", "SCHEDULED", 9_800, 9_799).isLong(STALL)).isFalse();
        assertThat(outage("RUNNING", "SCHEDULED", 9_800, 9_799, 9_790).isLong(STALL)).isTrue();
    }

    @Test
    void manyFailuresNeedNoTime() throws Exception {
        int[] failures = IntStream.range(0, 16).map(i -> 9_999 - 2 * i).toArray();

        assertThat(outage("RESTARTING", "FAILED", 9_999, failures)).isEqualTo(new Outage(16, 31));
        assertThat(outage("RESTARTING", "FAILED", 9_999, failures).isLong(STALL)).isTrue();
    }
}
