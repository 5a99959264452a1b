package com.eventuall.recording.fleet;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Watches in the database who claims a recording and who writes its progress, by the connections' {@code application_name}.
 * A claim and the writes that follow it lock the same {@code work} row, so the order of the log is the order in which they
 * took effect.
 */
final class FenceAudit implements AutoCloseable {
    private static final String INSTALL = """
            create table fence_audit (
              position bigserial primary key, recording_id uuid not null, who text not null, claim boolean not null);
            create function audit_claim() returns trigger language plpgsql as $$
              begin
                insert into fence_audit (recording_id, who, claim)
                  values (new.recording_id, current_setting('application_name'), true);
                return null;
              end $$;
            create function audit_write() returns trigger language plpgsql as $$
              begin
                insert into fence_audit (recording_id, who, claim)
                  values (new.id, current_setting('application_name'), false);
                return null;
              end $$;
            create trigger audit_claim after update on work for each row
              when (new.fence <> old.fence) execute function audit_claim();
            create trigger audit_write after update on recording for each row
              when (row (new.state, new.since, new.tries, new.reason, new.started_at, new.stream_id)
                is distinct from row (old.state, old.since, old.tries, old.reason, old.started_at, old.stream_id))
              execute function audit_write()""";

    /** Writes whose writer was not the last to have claimed the recording. */
    private static final String ACCEPTED = """
            select count(*) from fence_audit w where not w.claim and w.who is distinct from (
              select c.who from fence_audit c
              where c.claim and c.recording_id = w.recording_id and c.position < w.position
              order by c.position desc limit 1)""";

    private final Connection connection;

    /** The schema exists; nothing has been claimed yet. */
    FenceAudit(String jdbcUrl, String user, String password) {
        try {
            connection = DriverManager.getConnection(jdbcUrl, user, password);
            try (Statement statement = connection.createStatement()) {
                statement.execute(INSTALL);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long acceptedFromFormerOwners() {
        return count(ACCEPTED);
    }

    long claims() {
        return count("select count(*) from fence_audit where claim");
    }

    /** Writes progress without holding the fence, as no replica may. */
    void writeAsStranger(String recordingId) {
        String update = "update recording set tries = tries + 1 where id = cast(? as uuid)";
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setString(1, recordingId);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long count(String query) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
