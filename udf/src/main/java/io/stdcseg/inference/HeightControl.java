// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import io.stdcseg.network.InputScale;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Control of the height at which a network sees the pictures of live streams, in steps, so that
 * none of them waits for too long.
 *
 * <p>Down, at half of the wait that is allowed and while waits do not get shorter: to the step
 * whose cost, which goes with the height's square, fits how fast waits grow, or one step if that
 * does not say more. Nothing is decided before a new step has been computed at: its first call
 * takes longer.
 *
 * <p>Up, one step: when no picture has waited for a quarter of what is allowed for some seconds,
 * and the share of them in which workers computed leaves room for what the larger step costs. A
 * step up that is taken back within half a minute doubles the seconds until the next.
 *
 * <p>Thread-safe.
 */
public final class HeightControl {

    private static final Logger LOG = LoggerFactory.getLogger(HeightControl.class);

    /** Of the usual height; two neighbours differ in cost about as the next two do. */
    private static final List<Double> SHARES = List.of(1.0, 0.75, 0.5, 0.375, 0.25);

    /** Waits are compared in stretches of this share of the wait that is allowed. */
    private static final int LOOKS = 8;

    /** Pictures of a stretch. */
    private static final int ENOUGH = 3;

    /** A network that computes for more of the time than this has no room. */
    private static final double BUSY = 0.9;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(160);
    private static final Duration TRIAL = Duration.ofSeconds(30);

    private final List<InputScale> steps;
    private final long lagNanos;
    private final int workers;
    private final LongSupplier nanoClock;
    private int step;
    private int computed;
    private Look look;
    private Look before;
    private long calmSince;
    private long busyNanos;
    private long patience = PATIENCE.toNanos();
    private long raised;
    private boolean onTrial;

    /** The longest wait of a stretch of time. */
    private static final class Look {

        private final long since;
        private long worst;
        private int pictures;

        Look(long since) {
            this.since = since;
        }

        void add(long wait) {
            worst = Math.max(worst, wait);
            pictures++;
        }
    }

    /**
     * @param usual at which pictures are seen until one waits for too long
     * @param lag how long a picture may wait
     * @param workers how many calls the network works on at a time
     * @param nanoClock in nanoseconds, like {@link System#nanoTime()}
     */
    HeightControl(InputScale usual, Duration lag, int workers, LongSupplier nanoClock) {
        this.steps = SHARES.stream().map(usual::times).toList();
        this.lagNanos = lag.toNanos();
        this.workers = workers;
        this.nanoClock = nanoClock;
        this.look = new Look(nanoClock.getAsLong());
        this.calmSince = look.since;
    }

    /** The scale of the next picture; null for the usual one. */
    public synchronized InputScale scale() {
        return step == 0 ? null : steps.get(step);
    }

    /** Rows that the network sees at such a scale of a picture with {@code rows} rows. */
    public int inputHeight(InputScale scale, int rows) {
        return (scale == null ? steps.get(0) : scale).inputHeight(rows);
    }

    /** A picture that has waited for so long is about to be handed over. */
    public synchronized void waited(long nanos) {
        long now = nanoClock.getAsLong();
        look.add(nanos);
        if (nanos > lagNanos / 4) {
            calmFrom(now);
        }
        if (computed < workers) {
            return;
        }
        if (now - look.since >= lagNanos / LOOKS && saysMuch(look)) {
            lookBack(now);
        }
        if (step > 0 && now - calmSince >= patience && hasRoom(now)) {
            moveTo(step - 1, now);
            raised = now;
            onTrial = true;
        }
    }

    /** Pictures were left out, as there was no time or no room for them. */
    public synchronized void leftOut() {
        waited(lagNanos);
    }

    /**
     * A call has returned.
     *
     * @param scale of its pictures; null for the usual one
     */
    synchronized void computed(InputScale scale, long nanos) {
        busyNanos += nanos;
        if (Objects.equals(scale, scale()) && computed < workers) {
            computed++;
            if (computed == workers) {
                look = new Look(nanoClock.getAsLong());
                calmFrom(look.since);
            }
        }
    }

    /** Single pictures of a slow stream say little of how waits grow, while there is time. */
    private boolean saysMuch(Look some) {
        return some.pictures >= ENOUGH || some.worst > lagNanos / 4 * 3;
    }

    private void lookBack(long now) {
        boolean late = look.worst > lagNanos / 2 && step < steps.size() - 1;
        if (late && before != null && look.worst >= before.worst) {
            patience =
                    onTrial && now - raised < TRIAL.toNanos()
                            ? longer(patience)
                            : PATIENCE.toNanos();
            onTrial = false;
            moveTo(fitting(growth(now)), now);
            return;
        }
        before = look;
        look = new Look(now);
    }

    /** Seconds by which waits became longer in a second. */
    private double growth(long now) {
        return (look.worst - before.worst) / (double) (now - look.since);
    }

    /** The first step down that is fast enough, where pictures wait longer and longer. */
    private int fitting(double growth) {
        // Of pictures that come in a second, so many are done in it.
        double done = Math.max(0, 1 - growth);
        int fitting = step + 1;
        while (fitting < steps.size() - 1 && cost(fitting) > BUSY * done) {
            fitting++;
        }
        return fitting;
    }

    private boolean hasRoom(long now) {
        double busy = busyNanos / ((double) workers * (now - calmSince));
        return busy * cost(step - 1) <= BUSY;
    }

    /** What a picture costs at a step, in terms of one at the present step. */
    private double cost(int other) {
        double side = SHARES.get(other) / SHARES.get(step);
        return side * side;
    }

    private void moveTo(int next, long now) {
        LOG.info("live pictures are seen at scale {} after {}", steps.get(next), steps.get(step));
        step = next;
        computed = 0;
        before = null;
        look = new Look(now);
        calmFrom(now);
    }

    private void calmFrom(long now) {
        calmSince = now;
        busyNanos = 0;
    }

    private static long longer(long patience) {
        return Math.min(2 * patience, MOST_PATIENCE.toNanos());
    }
}
