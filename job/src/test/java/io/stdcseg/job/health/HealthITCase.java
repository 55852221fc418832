// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.job.health.JobHealth.State;
import io.stdcseg.job.output.FrameReleaser;
import io.stdcseg.job.source.VideoSource;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.job.testing.FakeDecoder;
import io.stdcseg.job.testing.Jobs;
import io.stdcseg.job.testing.Streams;
import io.stdcseg.testing.CountingAllocator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.InjectClusterRESTAddress;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that hang, have nothing to do, have ended or keep failing, as a cluster tells them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HealthITCase {

    private static final int POOL = 4;
    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .setConfiguration(
                                    new Configuration()
                                            .set(
                                                    MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL,
                                                    Duration.ofMillis(100)))
                            .build());

    @TempDir private Path folder;

    /** A decoder that hangs at its third picture, as one does whose file system hangs. */
    private static final class HangingDecoder extends FakeDecoder {

        private int pictures;

        HangingDecoder() {
            super("drive", 4, Set.of());
        }

        @Override
        public boolean advance() {
            if (++pictures == 3) {
                try {
                    RELEASED.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return super.advance();
        }
    }

    @Test
    void tellsAJobThatHangsFromOneThatWaits(@InjectClusterRESTAddress URI rest) throws Exception {
        HealthCheck check = new HealthCheck(rest, Duration.ofSeconds(1));
        assertThat(check.jobs()).isEmpty();
        SourceSpec empty =
                SourceSpec.watch(List.of(folder.toString()), ReadOptions.defaults(), null);
        JobClient waiting = submit("waiting", new VideoSource(empty, POOL));
        SourceSpec one = new SourceSpec(List.of(Streams.video("drive")), ReadOptions.defaults());
        JobClient hanging =
                submit(
                        "hanging",
                        new VideoSource(
                                one,
                                POOL,
                                CountingAllocator::new,
                                (split, onError) -> new HangingDecoder()));

        assertThat(await(check, "hanging", State.STALLED).toString())
                .matches("hanging \\(" + hanging.getJobID() + "\\) makes no progress for \\d+ s");
        assertThat(await(check, "waiting", State.WAITS).seconds()).isGreaterThanOrEqualTo(5);
        try (HealthServer server = HealthServer.start(check, anyPort())) {
            HttpResponse<String> bad = get(server);
            assertThat(bad.statusCode()).isEqualTo(503);
            assertThat(get(server, "live").statusCode()).isEqualTo(503);
            assertThat(bad.body())
                    .containsPattern("waiting \\(\\w{32}\\) waits for input for \\d+ s\\n")
                    .contains("makes no progress");

            RELEASED.countDown();
            hanging.getJobExecutionResult().get();

            HttpResponse<String> good = get(server);
            assertThat(good.statusCode()).isEqualTo(200);
            assertThat(good.body()).doesNotContain("hanging");
        }
        Jobs.cancel(waiting);
    }

    @Test
    void aJobThatKeepsFailingIsNotWell(@InjectClusterRESTAddress URI rest) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        new Configuration()
                                .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
                                .set(
                                        RestartStrategyOptions
                                                .RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS,
                                        Integer.MAX_VALUE));
        env.fromSequence(0, 1).map(HealthITCase::fail).sinkTo(new DiscardingSink<>());
        JobClient failing = env.executeAsync("failing");

        HealthCheck check = new HealthCheck(rest, Duration.ofSeconds(1));
        JobHealth health = await(check, "failing", State.RESTARTS);

        assertThat(health.isHealthy()).isFalse();
        assertThat(health.toString())
                .matches("failing \\(" + failing.getJobID() + "\\) keeps restarting for \\d+ s");
        assertThat(health.isAlive()).isTrue();
        Jobs.cancel(failing);
    }

    private static long fail(long number) {
        throw new IllegalStateException("as it is meant to");
    }

    @Test
    void aClusterThatIsNotThereIsNoHealthyOne() throws Exception {
        HealthCheck check =
                new HealthCheck(URI.create("http://127.0.0.1:1"), Duration.ofSeconds(1));
        assertThatThrownBy(check::jobs)
                .isInstanceOf(IOException.class)
                .hasMessage("the cluster at http://127.0.0.1:1 does not answer");
        try (HealthServer server = HealthServer.start(check, anyPort())) {
            assertThat(get(server).statusCode()).isEqualTo(503);
            assertThat(get(server, "live").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void anAddressOfVersion6StandsInBrackets() throws Exception {
        HealthCheck check =
                new HealthCheck(URI.create("http://127.0.0.1:1"), Duration.ofSeconds(1));
        try (HealthServer server = HealthServer.start(check, new InetSocketAddress("::1", 0))) {
            assertThat(server.address()).matches("http://\\[[0-9a-f:]+\\]:\\d+/");
        }
    }

    @Test
    void listensOnlyWhereThereIsAMachine() {
        HealthCheck check =
                new HealthCheck(URI.create("http://127.0.0.1:1"), Duration.ofSeconds(1));
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("no machine", 0);
        assertThatThrownBy(() -> HealthServer.start(check, nowhere))
                .isInstanceOf(InputException.class)
                .hasMessage("--host no machine: no machine is known by that name");
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress("127.0.0.1", 0);
    }

    private static HttpResponse<String> get(HealthServer server) throws Exception {
        return get(server, "");
    }

    private static HttpResponse<String> get(HealthServer server, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static JobClient submit(String name, VideoSource source) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.fromSource(
                        source,
                        WatermarkStrategy.noWatermarks(),
                        "decode",
                        FrameElementTypeInfo.INSTANCE)
                .transform("release frames", Types.VOID, new FrameReleaser());
        return env.executeAsync(name);
    }

    private static JobHealth await(HealthCheck check, String name, State state) throws Exception {
        while (true) {
            for (JobHealth job : check.jobs()) {
                if (job.name().equals(name) && job.state() == state) {
                    return job;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
