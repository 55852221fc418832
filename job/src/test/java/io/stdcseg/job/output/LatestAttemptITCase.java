// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Attempts as a real JobManager counts them. */
@Timeout(60)
class LatestAttemptITCase {

    private static final List<String> SAID = new CopyOnWriteArrayList<>();

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

    @Test
    void onlyTheLatestAttemptPasses() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.fromData(1).transform("attempts", Types.VOID, new FailingFirst()).setParallelism(1);

        env.execute();

        assertThat(SAID)
                .containsExactly(
                        "0 passes",
                        "1 passes",
                        "attempt 0 of this task was given up: it stood still, and attempt 1 took"
                                + " over");
    }

    /** Fails in its first attempt; in its second it asks once more for the first. */
    private static final class FailingFirst extends AbstractStreamOperator<Void>
            implements OneInputStreamOperator<Integer, Void> {

        private static final long serialVersionUID = 1L;

        @Override
        public void open() throws Exception {
            super.open();
            int attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
            LatestAttempt.of(getRuntimeContext()).require();
            SAID.add(attempt + " passes");
            if (attempt == 0) {
                throw new IOException("the first attempt fails");
            }
            try {
                new LatestAttempt(getRuntimeContext(), 0).require();
            } catch (IOException e) {
                SAID.add(e.getMessage());
            }
        }

        @Override
        public void processElement(StreamRecord<Integer> record) {}
    }
}
