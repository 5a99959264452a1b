package com.eventuall.recording.boot;

import com.eventuall.platform.EventuallConfig;
import com.eventuall.recording.LiveKitPort;
import com.eventuall.recording.MuxPort;
import com.eventuall.recording.RecordingMachine;
import com.eventuall.recording.RecordingRules;
import com.eventuall.recording.RecordingRunner;
import com.eventuall.recording.RecordingStore;
import com.eventuall.recording.Signals;
import com.eventuall.recording.Sweeper;
import com.eventuall.recording.Tags;
import com.eventuall.recording.VendorCalls;
import com.eventuall.recording.clip.ClipCalculator;
import com.eventuall.recording.clip.ClipRules;
import com.eventuall.recording.db.StreamKeyCipher;
import com.eventuall.recording.livekit.LiveKitConfig;
import com.eventuall.recording.livekit.SdkLiveKit;
import com.eventuall.recording.mux.MuxApi;
import com.eventuall.recording.mux.MuxConfig;
import com.eventuall.recording.mux.MuxSignature;
import com.eventuall.recording.mux.RestMux;
import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Puts core and adapters together. */
@ApplicationScoped
class Wiring {
    private final RecordingConfig config;
    private final Clock clock;

    Wiring(RecordingConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    @Produces
    @Singleton
    Supplier<UUID> ids() {
        return UuidCreator::getTimeOrderedEpoch;
    }

    @Produces
    @Singleton
    Signals signals() {
        return new Signals();
    }

    @Produces
    @Singleton
    Tags tags(EventuallConfig eventuall) {
        return new Tags(eventuall.environment());
    }

    @Produces
    @Singleton
    StreamKeyCipher cipher() {
        return new StreamKeyCipher(config.encryptionKey(), config.previousEncryptionKey());
    }

    @Produces
    @Singleton
    MuxSignature muxSignature(MuxConfig mux) {
        return new MuxSignature(mux.webhookSecret(), clock);
    }

    @Produces
    @Singleton
    RecordingRules rules(Tags tags) {
        return new RecordingRules(
                tags,
                new RecordingRules.Vendor(config.vendorTimeout(), config.settle()),
                config.startTimeout(),
                config.healthInterval(),
                config.maxDuration(),
                new RecordingRules.Assets(
                        config.assetPollMax(),
                        config.assetTimeout(),
                        config.clip().stayGrace()),
                3);
    }

    @Produces
    @Singleton
    LiveKitPort liveKit(LiveKitConfig liveKit, MeterRegistry metrics) {
        return new SdkLiveKit(liveKit, config.vendorTimeout(), new VendorBreaker("livekit", metrics));
    }

    void close(@Disposes LiveKitPort liveKit) {
        if (liveKit instanceof SdkLiveKit sdk) {
            sdk.close();
        }
    }

    @Produces
    @Singleton
    MuxPort mux(@RestClient MuxApi api, MuxConfig mux, MeterRegistry metrics) {
        return new RestMux(
                api,
                new RestMux.Settings(config.vendorTimeout(), config.reconnectWindow(), mux.videoQuality()),
                new VendorBreaker("mux", metrics));
    }

    @Produces
    @Singleton
    RecordingRunner runner(
            RecordingRules rules, Supplier<UUID> ids, RecordingStore store, LiveKitPort liveKit, MuxPort mux) {
        RecordingConfig.Clip clip = config.clip();
        ClipCalculator calculator = new ClipCalculator(
                new ClipRules(clip.padBefore(), clip.padAfter(), clip.offset(), clip.mergeGap(), clip.minLength()));
        RecordingMachine machine = new RecordingMachine(
                rules, calculator, ids, () -> ThreadLocalRandom.current().nextDouble());
        String owner = ProcessHandle.current().pid() + "-" + ids.get();
        return new RecordingRunner(
                machine,
                store,
                new VendorCalls(liveKit, mux, store),
                new RecordingRunner.Times(clock, System::nanoTime),
                new RecordingRunner.Lease(owner, config.lease(), config.vendorTimeout()));
    }

    @Produces
    @Singleton
    Sweeper sweeper(RecordingStore store, LiveKitPort liveKit, MuxPort mux, RecordingRules rules) {
        return new Sweeper(store, liveKit, mux, rules, clock);
    }
}
