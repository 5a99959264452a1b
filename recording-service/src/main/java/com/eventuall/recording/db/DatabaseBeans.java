package com.eventuall.recording.db;

import com.eventuall.recording.Hints;
import com.eventuall.recording.RecordingStore;
import com.eventuall.recording.Recordings;
import com.eventuall.recording.Signals;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** Puts the database adapters together. */
@ApplicationScoped
class DatabaseBeans {
    private final Transactions transactions;
    private final RecordingMapper mapper;
    private final RecordingRows rows;
    private final Signals signals;

    DatabaseBeans(Transactions transactions, StreamKeyCipher cipher, Signals signals) {
        this.transactions = transactions;
        this.mapper = new RecordingMapper(cipher);
        this.rows = new RecordingRows(mapper);
        this.signals = signals;
    }

    @Produces
    @Singleton
    RecordingStore store(ObjectMapper json, Supplier<UUID> ids, Clock clock, MeterRegistry metrics) {
        FactEvents facts = new FactEvents(json, ids, clock);
        Counter refused = metrics.counter("eventuall.recording.writes.refused");
        return new PostgresRecordingStore(transactions, rows, mapper, facts, signals::factsStored, refused::increment);
    }

    @Produces
    @Singleton
    Recordings recordings(Clock clock) {
        return new PostgresRecordings(transactions, rows, mapper, clock, signals::workAdded);
    }

    @Produces
    @Singleton
    Hints hints() {
        return new PostgresHints(transactions, signals::workAdded);
    }

    @Produces
    @Singleton
    SweepLease sweepLease() {
        return new SweepLease(transactions);
    }
}
