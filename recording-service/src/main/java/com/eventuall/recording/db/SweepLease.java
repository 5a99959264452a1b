package com.eventuall.recording.db;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.UUID;

/** Lets one process at a time sweep. */
public final class SweepLease {
    private static final String TAKE = """
            insert into sweep_lease (name, owner, until) values ('sweep', :owner, now() + make_interval(secs => :secs))
            on conflict (name) do update set owner = excluded.owner, until = excluded.until
              where sweep_lease.owner = excluded.owner or sweep_lease.until < now()""";

    private final Transactions transactions;
    private final String owner = UUID.randomUUID().toString();

    SweepLease(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Whether this process may sweep during the next {@code length}. */
    public Uni<Boolean> take(Duration length) {
        return transactions.run(session -> session.createNativeQuery(TAKE)
                .setParameter("owner", owner)
                .setParameter("secs", length.toMillis() / 1000.0)
                .executeUpdate()
                .map(rows -> rows == 1));
    }
}
