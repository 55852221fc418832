// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.function.weights.KeptWeights;
import io.stdcseg.function.weights.WeightsCopies;
import io.stdcseg.function.weights.WeightsEvent.Forget;
import io.stdcseg.function.weights.WeightsEvent.Prepare;
import io.stdcseg.function.weights.WeightsEvent.TakeAt;
import io.stdcseg.function.weights.WeightsNews;
import io.stdcseg.function.weights.WeightsWatch;
import io.stdcseg.inference.SharedNetworks;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.testing.CountingAllocator;
import io.stdcseg.testing.FakeSegmenter;
import io.stdcseg.testing.HashedWeights;
import io.stdcseg.testing.TestFrames;
import io.stdcseg.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WatchingOperatorTest {

    private static final CountingAllocator MASKS = new CountingAllocator();
    private static SharedNetworks networks;
    private static volatile Runnable onLoad;
    private static volatile boolean takesPlanes;

    /** Digest of what runs where no weights are named. */
    private static volatile String ofBuild;

    /** Networks that were loaded, by the digests of their weights. */
    private static final Map<String, FakeSegmenter> LOADED = new ConcurrentHashMap<>();

    @TempDir private Path folder;

    private final TestFrames frames = new TestFrames();
    private Path first;
    private Path second;
    private WeightsWatch watch;
    private OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness;

    /** Gives each file of weights a network of its own. */
    private static final class Fakes implements SharedNetworks.Opener {

        @Override
        public List<String> devices(SegmenterOptions options) {
            return List.of("cpu");
        }

        @Override
        public Segmenter open(SegmenterOptions options, String device) {
            onLoad.run();
            String sha256 =
                    options.weights() == null ? ofBuild : sha256(Path.of(options.weights()));
            FakeSegmenter fake =
                    new FakeSegmenter(
                            new NetworkInfo(
                                    "fake", "1.0", "fake", device, "fp32", 1, "copy", sha256));
            fake.takesPlanes = takesPlanes;
            LOADED.put(sha256, fake);
            return fake;
        }
    }

    @BeforeEach
    void prepare() throws Exception {
        networks = new SharedNetworks(new Fakes());
        LOADED.clear();
        onLoad = () -> {};
        takesPlanes = false;
        ofBuild = Weights.defaults().sha256();
        first = folder.resolve("first.safetensors");
        second = folder.resolve("second.safetensors");
        Weights.defaults().write(first, ElementType.F16);
        Weights.defaults().write(second, ElementType.F32);
        watch = new WeightsWatch("unseen", folder.resolve("copies").toString(), Duration.ZERO);
    }

    @Test
    void framesBehindABarrierAreOfTheNewWeightsAndThoseBeforeOfTheOld() throws Exception {
        open(null);
        KeptWeights next = keep(second);
        frame(0);
        tell(new Prepare(next));
        await(next);
        frame(1);
        tell(new TakeAt(2, next));
        barrier(1);
        frame(2);
        frame(3);

        barrier(2);

        frame(4);
        barrier(3);
        assertThat(weights())
                .containsExactly(
                        sha256(first), sha256(first), sha256(first), sha256(first), sha256(second));
        assertThat(harness.getSideOutput(WatchingOperator.NEWS))
                .singleElement()
                .satisfies(
                        record -> {
                            WeightsNews news = record.getValue();
                            assertThat(news.checkpoint()).isEqualTo(2);
                            assertThat(news.file()).isEqualTo(second.toString());
                            assertThat(news.network().weightsSha256()).isEqualTo(sha256(second));
                            assertThat(news.network().weightsFile()).isEqualTo(second.toString());
                        });
        LOADED.get(sha256(first)).closed.get(30, TimeUnit.SECONDS);
        assertThat(LOADED.get(sha256(second)).closed).isNotDone();
        harness.close();
        LOADED.get(sha256(second)).closed.get(30, TimeUnit.SECONDS);
        assertThat(frames.lent()).isZero();
    }

    @Test
    void whatIsToFollowIsTriedOutWithSuchPicturesAsCome() throws Exception {
        takesPlanes = true;
        open(null);
        KeptWeights next = keep(second);
        harness.processElement(new StreamRecord<>(frames.planes("clip", 0)));
        barrier(1);

        tell(new Prepare(next));
        await(next);

        assertThat(LOADED.get(sha256(second)).shapes)
                .isEqualTo(LOADED.get(sha256(first)).shapes)
                .singleElement()
                .satisfies(shape -> assertThat(shape.planes()).isTrue());
        tell(new TakeAt(2, next));
        barrier(2);
        harness.processElement(new StreamRecord<>(frames.planes("clip", 1)));
        barrier(3);
        assertThat(weights()).containsExactly(sha256(first), sha256(second));
        harness.close();
        assertThat(frames.lent()).isZero();
    }

    /** Frames that are planes are on their way when it would take over. */
    @Test
    void whatTakesNoPlanesDoesNotFollowWhatDoes() throws Exception {
        takesPlanes = true;
        open(null);
        takesPlanes = false;
        KeptWeights next = keep(second);
        tell(new Prepare(next));

        assertThatThrownBy(() -> await(next))
                .hasRootCauseInstanceOf(InputException.class)
                .rootCause()
                .hasMessage(
                        "on cpu they take frames as RGB, the job's are YUV; a job that begins with"
                                + " them is allowed");
        LOADED.get(sha256(second)).closed.get(30, TimeUnit.SECONDS);
        harness.processElement(new StreamRecord<>(frames.planes("clip", 0)));
        barrier(1);
        assertThat(weights()).containsExactly(sha256(first));
        harness.close();
        assertThat(frames.lent()).isZero();
    }

    @Test
    void aRestoredOperatorRunsWithWhatTheCheckpointNames() throws Exception {
        open(null);
        KeptWeights next = keep(second);
        tell(new Prepare(next));
        await(next);
        OperatorSubtaskState before = snapshot(1);
        tell(new TakeAt(2, next));
        OperatorSubtaskState after = snapshot(2);
        harness.close();
        String old = sha256(first);
        String fresh = sha256(second);
        // Users write over their files.
        Files.copy(second, first, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(second, "no weights");

        open(after);
        frame(0);
        barrier(3);
        assertThat(weights()).containsExactly(fresh);
        harness.close();

        open(before);
        frame(0);
        barrier(3);
        assertThat(weights()).containsExactly(old);
        harness.close();
    }

    @Test
    void anOperatorWhoseInputHasEndedKeepsWhatOthersTake() throws Exception {
        open(null);
        frame(0);
        harness.endInput();
        KeptWeights next = keep(second);
        tell(new TakeAt(1, next));
        OperatorSubtaskState state = snapshot(1);
        assertThat(LOADED).doesNotContainKey(sha256(second));
        assertThat(harness.getSideOutput(WatchingOperator.NEWS)).isNullOrEmpty();
        assertThat(weights()).containsExactly(sha256(first));
        harness.close();

        open(state);
        frame(1);
        barrier(2);
        assertThat(weights()).containsExactly(sha256(second));
        harness.close();
    }

    @Test
    void closingWaitsForANetworkThatIsBeingLoaded() throws Exception {
        open(null);
        CountDownLatch loading = new CountDownLatch(1);
        Thread closer = Thread.currentThread();
        onLoad =
                () -> {
                    loading.countDown();
                    while (!waitsFor(closer, NextNetwork.class)) {
                        Thread.onSpinWait();
                    }
                };
        tell(new Prepare(keep(second)));
        loading.await();

        harness.close();

        LOADED.get(sha256(second)).closed.get(30, TimeUnit.SECONDS);
    }

    private static boolean waitsFor(Thread thread, Class<?> what) {
        return thread.getState() == Thread.State.TIMED_WAITING
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(call -> call.getClassName().equals(what.getName()));
    }

    @Test
    void aCheckpointWhoseCopyIsGoneIsNotGoneOnFrom() throws Exception {
        open(null);
        OperatorSubtaskState state = snapshot(1);
        harness.close();
        new WeightsCopies(watch.folder()).removeAllBut(Set.of());
        Files.copy(second, first, StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> open(state))
                .hasRootCauseInstanceOf(InputException.class)
                .rootCause()
                .hasMessageContaining("whose copy is gone; --weights with that file is allowed");
    }

    @Test
    void aCheckpointOfTheProjectsWeightsIsGoneOnFromWithTheModelThatChoosesThem() throws Exception {
        open(null, SegmenterOptions.DEFAULTS);
        OperatorSubtaskState state = snapshot(1);
        harness.close();
        open(state, SegmenterOptions.DEFAULTS);
        harness.close();

        ofBuild = sha256(second);
        assertThatThrownBy(() -> open(state, SegmenterOptions.DEFAULTS.withModel("stdc2-seg50")))
                .hasRootCauseInstanceOf(InputException.class)
                .rootCause()
                .hasMessageStartingWith("the checkpoint names weights copy (")
                .hasMessageEndingWith(
                        ") of this build; --model stdc1-seg50 without --weights is allowed");
    }

    @Test
    void aCheckpointOfAnotherBuildsWeightsIsGoneOnFromWithTheirFile() throws Exception {
        ofBuild = sha256(first);
        open(null, SegmenterOptions.DEFAULTS);
        OperatorSubtaskState state = snapshot(1);
        harness.close();

        ofBuild = sha256(second);
        assertThatThrownBy(() -> open(state, SegmenterOptions.DEFAULTS))
                .hasRootCauseInstanceOf(InputException.class)
                .rootCause()
                .hasMessageEndingWith(") of another build; --weights with that file is allowed");
        open(state);
        harness.close();
    }

    @Test
    void whatIsForgottenIsGivenBack() throws Exception {
        open(null);
        KeptWeights next = keep(second);
        tell(new Prepare(next));
        await(next);

        tell(new Forget(next));

        LOADED.get(sha256(second)).closed.get(30, TimeUnit.SECONDS);
        frame(0);
        barrier(1);
        assertThat(weights()).containsExactly(sha256(first));
        harness.close();
    }

    @Test
    void weightsOfOtherClassesOrAnotherHeightDoNotFit() throws Exception {
        NextNetwork next =
                new NextNetwork(
                        SegmenterOptions.DEFAULTS,
                        SegmenterWeights.resolve(SegmenterOptions.DEFAULTS),
                        Adaptation.NONE);
        Weights usual = Weights.defaults();
        usual.scaled(InputScale.toHeight(180)).write(second, ElementType.F16);
        assertThatThrownBy(() -> next.options(keep(second)))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "they are for scale height 180, the job began at scale "
                                + usual.scale()
                                + "; --height or --scale lets a job take both");

        LabelSet labels = LabelSet.of("cityscapes");
        ModelSpec other = new ModelSpec(usual.spec().variant(), labels.size());
        new Weights(
                        other,
                        HashedWeights.plain(other),
                        labels,
                        usual.scale(),
                        usual.modelName(),
                        "other",
                        "0")
                .write(second, ElementType.F16);
        assertThatThrownBy(() -> next.options(keep(second)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "their classes are those of cityscapes, the job's are those");

        Files.writeString(second, "no weights");
        assertThatThrownBy(() -> next.options(keep(second))).isInstanceOf(InputException.class);
    }

    @Test
    void weightsOfAnotherHeightDoNotFollowThoseThatAModelChose() throws Exception {
        SegmenterOptions given = SegmenterOptions.DEFAULTS.withModel("stdc1-seg75");
        NextNetwork next = new NextNetwork(given, SegmenterWeights.resolve(given), Adaptation.NONE);
        KeptWeights kept = keep(second);

        assertThat(next.options(kept))
                .isEqualTo(
                        SegmenterWeights.resolve(
                                SegmenterOptions.DEFAULTS.withWeights(kept.copy())));
        Weights.defaults().scaled(InputScale.by(0.75)).write(second, ElementType.F16);
        assertThatThrownBy(() -> next.options(keep(second)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("they are for scale 0.75, the job began at scale height");
    }

    private void open(OperatorSubtaskState state) throws Exception {
        open(state, SegmenterOptions.DEFAULTS.withWeights(first.toString()));
    }

    private void open(OperatorSubtaskState state, SegmenterOptions network) throws Exception {
        SegmenterOptions given = network.withBatches(1, Duration.ZERO);
        SegmentFunction function =
                new SegmentFunction(
                        given,
                        given.withLabels(Weights.defaults().labels())
                                .withScale(Weights.defaults().scale()),
                        Adaptation.NONE,
                        false,
                        null,
                        () -> networks,
                        () -> MASKS);
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new WatchingOperatorFactory(function, 8, watch), 1, 1, 0);
        harness.getExecutionConfig().enableObjectReuse();
        harness.setup(FrameElementTypeInfo.INSTANCE.createSerializer(null));
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    private WatchingOperator operator() {
        return (WatchingOperator) harness.getOperator();
    }

    private void tell(OperatorEvent event) {
        operator().handleOperatorEvent(event);
    }

    /** Until they are loaded. */
    private void await(KeptWeights next) throws Exception {
        operator().function().network().prepare(next).get(30, TimeUnit.SECONDS);
    }

    private KeptWeights keep(Path file) throws IOException {
        return new WeightsCopies(watch.folder()).keep(file, file.toString());
    }

    private void frame(long index) throws Exception {
        harness.processElement(new StreamRecord<>(frames.video("clip", index)));
    }

    private void barrier(long checkpoint) throws Exception {
        harness.prepareSnapshotPreBarrier(checkpoint);
    }

    private OperatorSubtaskState snapshot(long checkpoint) throws Exception {
        barrier(checkpoint);
        return harness.snapshot(checkpoint, checkpoint);
    }

    /** Of the frames that have left, which are closed. */
    private List<String> weights() {
        List<String> weights = new ArrayList<>();
        for (FrameElement element : harness.extractOutputValues()) {
            SegmentedFrame frame = (SegmentedFrame) element;
            weights.add(frame.weights());
            frame.close();
        }
        harness.getOutput().clear();
        return weights;
    }

    private static String sha256(Path weights) {
        return Weights.read(weights, Weights.Overrides.NONE).sha256();
    }
}
