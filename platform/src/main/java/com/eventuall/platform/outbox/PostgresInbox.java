package com.eventuall.platform.outbox;

import io.smallrye.mutiny.Uni;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Remembers which events and webhooks were taken in, in the table {@code inbox} of {@code db/platform/V0_1__outbox.sql}, in
 * the transaction that takes them in: so each counts once, however often it comes.
 */
public final class PostgresInbox {
    private static final String REMEMBER = """
            insert into inbox (consumer, source, id) values (cast(:consumer as text), cast(:source as text), cast(:id as text))
            on conflict do nothing""";
    private static final String FORGET = "delete from inbox where received_at < now() - interval '7 days'";

    private PostgresInbox() {}

    /**
     * Remembers one. False when it was known: the caller then does nothing.
     *
     * @param consumer who takes it in
     * @param source who made it; ids are unique per source
     * @param id its id, at most 200 characters
     */
    public static Uni<Boolean> remember(Mutiny.Session session, String consumer, String source, String id) {
        return session.createNativeQuery(REMEMBER)
                .setParameter("consumer", consumer)
                .setParameter("source", source)
                .setParameter("id", id)
                .executeUpdate()
                .map(rows -> rows == 1);
    }

    /** Forgets what is older than a week, longer than Kafka or any vendor repeats it. */
    public static Uni<Integer> forgetOld(Mutiny.Session session) {
        return session.createNativeQuery(FORGET).executeUpdate();
    }
}
