package com.eventuall.recording.sim;

import com.eventuall.contracts.RoomKey;
import com.eventuall.recording.AssetView;
import com.eventuall.recording.EgressView;
import com.eventuall.recording.FailureKind;
import com.eventuall.recording.Inputs;
import com.eventuall.recording.LiveKitPort;
import com.eventuall.recording.MuxPort;
import com.eventuall.recording.Recording;
import com.eventuall.recording.RecordingMachine;
import com.eventuall.recording.RecordingRules;
import com.eventuall.recording.RecordingRunner;
import com.eventuall.recording.RecordingStore;
import com.eventuall.recording.StreamKey;
import com.eventuall.recording.StreamView;
import com.eventuall.recording.Sweeper;
import com.eventuall.recording.Transition;
import com.eventuall.recording.VendorCalls;
import com.eventuall.recording.VendorFailure;
import com.eventuall.recording.clip.ClipCalculator;
import com.eventuall.recording.clip.ClipRules;
import com.eventuall.recording.clip.ClipWindow;
import com.eventuall.recording.clip.Stay;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process that runs the core. Every operation it makes may be its last, may freeze it before or after the effect, and
 * may lose its reply; which of these happen is the {@link Trouble}'s to say.
 */
final class Pod implements RecordingStore, LiveKitPort, MuxPort {

    /** What may go wrong, as probabilities per operation. */
    record Trouble(double death, double freeze, double lostReply, double refusal, double throttle) {
        static final Trouble NONE = new Trouble(0, 0, 0, 0, 0);
    }

    /** How long after our time limit a vendor may still carry out a request: less than the settle time. */
    private static final Duration LATE = Duration.ofSeconds(4);

    private final World world;
    private final SimStore store;
    private final SimVendors vendors;
    private final RecordingRules rules;
    private final Duration lease;
    private final RecordingRunner runner;
    private final Sweeper sweeper;
    private Trouble trouble = Trouble.NONE;
    private Set<String> broken = Set.of();
    private boolean alive = true;
    private boolean sweeping = true;
    private int lives;
    private int calls;
    private Instant frozenUntil = Instant.MIN;

    Pod(World world, SimStore store, SimVendors vendors, RecordingRules rules, ClipRules clipRules, Duration lease) {
        this.world = world;
        this.store = store;
        this.vendors = vendors;
        this.rules = rules;
        this.lease = lease;
        Supplier<UUID> ids =
                () -> new UUID(world.random().nextLong(), world.random().nextLong());
        var machine = new RecordingMachine(
                rules, new ClipCalculator(clipRules), ids, () -> world.random().nextDouble());
        var times = new RecordingRunner.Times(world.clock(), world::nanos);
        this.runner = new RecordingRunner(
                machine,
                this,
                new VendorCalls(this, this, this),
                times,
                new RecordingRunner.Lease("pod", lease, rules.vendor().timeout()));
        this.sweeper = new Sweeper(this, this, this, rules, world.clock());
    }

    /** For the control experiment: leaves late effects lying about. */
    void withoutSweeper() {
        sweeping = false;
    }

    /** How many requests went to the vendors. */
    int calls() {
        return calls;
    }

    int deaths() {
        return lives;
    }

    void trouble(Trouble next) {
        trouble = next;
    }

    /** These operations at the vendors fail, and nobody knows with what effect. */
    void broken(String... operations) {
        broken = Set.of(operations);
    }

    /** Begins a life; what the one before had begun never comes back. */
    void start() {
        alive = true;
        poll(lives);
        sweep(lives);
    }

    private void poll(int life) {
        if (life == lives) {
            runner.runOne(() -> {})
                    .whenComplete((found, error) -> world.after(world.between(200, 500), () -> poll(life)));
        }
    }

    private void sweep(int life) {
        if (life == lives && sweeping) {
            sweeper.sweep(Duration.ofMinutes(15))
                    .whenComplete((removed, error) -> world.after(Duration.ofSeconds(60), () -> sweep(life)));
        }
    }

    /** One operation: on its way, done, answered. Death at any of these points; a frozen pod acts and hears late. */
    private <T> CompletionStage<T> op(String name, boolean vendor, Supplier<T> effect) {
        CompletableFuture<T> reply = new CompletableFuture<>();
        if (!alive) {
            return reply;
        }
        int life = lives;
        calls += vendor ? 1 : 0;
        Trouble now = trouble;
        if (world.chance(now.death())) {
            die(name + " before");
            return reply;
        }
        freeze(now);
        Duration wait = frozenFor().plus(world.between(5, 300));
        boolean lost = vendor && world.chance(now.lostReply());
        boolean diesAfter = world.chance(now.death());
        if (vendor && world.chance(now.throttle())) {
            answer(life, reply, wait, null, new VendorFailure(FailureKind.NOT_NOW, "throttled", Duration.ofSeconds(2)));
            return reply;
        }
        if (vendor && (broken.contains(name) || world.chance(now.refusal()))) {
            answer(life, reply, wait, null, new VendorFailure(FailureKind.UNKNOWN, "500", null));
            return reply;
        }
        // A lost reply may belong to a request that takes effect only a while after the time limit.
        Duration slow =
                lost ? world.between(0, rules.vendor().timeout().plus(LATE).toMillis()) : Duration.ZERO;
        world.after(wait.plus(slow), () -> take(life, reply, name, effect, lost, diesAfter));
        if (lost) {
            answer(
                    life,
                    reply,
                    wait.plus(rules.vendor().timeout()),
                    null,
                    new VendorFailure(FailureKind.UNKNOWN, "timeout", null));
        }
        return reply;
    }

    private <T> void take(
            int life, CompletableFuture<T> reply, String name, Supplier<T> effect, boolean lost, boolean dies) {
        T result = null;
        VendorFailure failure = null;
        try {
            result = effect.get();
        } catch (VendorFailure e) {
            failure = e;
        }
        if (dies && life == lives) {
            die(name + " after");
        }
        if (!lost) {
            answer(life, reply, world.between(1, 50), result, failure);
        }
    }

    private <T> void answer(
            int life, CompletableFuture<T> reply, Duration in, @Nullable T result, @Nullable VendorFailure failure) {
        world.after(in, () -> {
            if (life != lives) {
                return;
            }
            Duration rest = frozenFor();
            if (rest.isNegative() || rest.isZero()) {
                if (failure == null) {
                    reply.complete(result);
                } else {
                    reply.completeExceptionally(failure);
                }
            } else {
                answer(life, reply, rest, result, failure);
            }
        });
    }

    private void die(String where) {
        world.log("pod dies: " + where);
        alive = false;
        lives++;
        world.after(world.between(500, 5000), this::start);
    }

    private void freeze(Trouble now) {
        if (world.chance(now.freeze())) {
            frozenUntil = world.now().plus(lease).plus(world.between(1000, 60_000));
            world.log("pod freezes until " + frozenUntil);
        }
    }

    private Duration frozenFor() {
        return world.now().isBefore(frozenUntil) ? Duration.between(world.now(), frozenUntil) : Duration.ZERO;
    }

    private CompletionStage<Void> act(String name, Runnable effect) {
        return this.<Boolean>op(name, true, () -> {
                    effect.run();
                    return true;
                })
                .thenAccept(done -> {});
    }

    // Store

    @Override
    public CompletionStage<Optional<Claim>> claim(String owner, Duration length) {
        return op("claim", false, () -> store.claim(length));
    }

    @Override
    public CompletionStage<Optional<Inputs>> save(Claim claim, Transition step, Duration length) {
        return op("save", false, () -> store.save(claim, step, length));
    }

    @Override
    public CompletionStage<Optional<Inputs>> saveAndRelease(Claim claim, Transition step) {
        return op("release", false, () -> store.save(claim, step, null));
    }

    @Override
    public CompletionStage<List<Stay>> stays(RoomKey room, Instant from, Instant to) {
        return op("stays", false, () -> store.stays(from, to));
    }

    @Override
    public CompletionStage<List<Recording>> load(Collection<UUID> ids) {
        return op("load", false, () -> store.load(ids));
    }

    @Override
    public CompletionStage<List<Recording>> ofRoom(RoomKey room, Instant requestedAfter) {
        return op("ofRoom", false, () -> store.ofRoom(room));
    }

    // LiveKit

    @Override
    public CompletionStage<Void> ensureRoom(RoomKey room) {
        return act("ensureRoom", () -> vendors.ensureRoom(room));
    }

    @Override
    public CompletionStage<EgressView> startEgress(RoomKey room, String layout, StreamKey key) {
        return op("startEgress", true, () -> vendors.startEgress(room, key));
    }

    @Override
    public CompletionStage<List<EgressView>> egressesOf(RoomKey room) {
        return op("egressesOf", true, () -> vendors.egressesOf(room));
    }

    @Override
    public CompletionStage<List<EgressView>> activeEgresses() {
        return op("activeEgresses", true, vendors::activeEgresses);
    }

    @Override
    public CompletionStage<EgressView> egress(String egressId) {
        return op("egress", true, () -> vendors.egress(egressId));
    }

    @Override
    public CompletionStage<Void> stopEgress(String egressId) {
        return act("stopEgress", () -> vendors.stopEgress(egressId));
    }

    // Mux

    @Override
    public CompletionStage<StreamView> createStream(String tag, boolean lowLatency) {
        return op("createStream", true, () -> vendors.createStream(tag));
    }

    @Override
    public CompletionStage<StreamView> stream(String streamId) {
        return op("stream", true, () -> vendors.stream(streamId));
    }

    @Override
    public CompletionStage<List<StreamView>> streams(int page) {
        return op("streams", true, () -> vendors.streams(page));
    }

    @Override
    public CompletionStage<Void> completeStream(String streamId) {
        return act("complete", () -> vendors.completeStream(streamId));
    }

    @Override
    public CompletionStage<Void> disableStream(String streamId) {
        return act("disable", () -> vendors.disableStream(streamId));
    }

    @Override
    public CompletionStage<Void> deleteStream(String streamId) {
        return act("deleteStream", () -> vendors.deleteStream(streamId));
    }

    @Override
    public CompletionStage<List<AssetView>> assetsOf(String streamId) {
        return op("assetsOf", true, () -> vendors.assetsOf(streamId));
    }

    @Override
    public CompletionStage<List<AssetView>> assets(int page) {
        return op("assets", true, () -> vendors.assets(page));
    }

    @Override
    public CompletionStage<AssetView> createClip(String tag, ClipWindow window) {
        return op("createClip", true, () -> vendors.createClip(tag, window));
    }

    @Override
    public CompletionStage<AssetView> asset(String assetId) {
        return op("asset", true, () -> vendors.asset(assetId));
    }

    @Override
    public CompletionStage<Void> deleteAsset(String assetId) {
        return act("deleteAsset", () -> vendors.deleteAsset(assetId));
    }
}
