package com.eventuall.local.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL, user {@code postgres}, no password (it listens on loopback only). A killed server comes back with its
 * data; data in a directory of the caller's choice is also safe against a crash of the machine.
 */
public final class EmbeddedPostgres extends ProcessServer {
    private static final String USER = "postgres";
    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final Path data;
    private final boolean lasting;
    private @Nullable UnprivilegedUser user;

    /**
     * @param port 0 for a free one
     * @param data null for a directory that goes with the run directory
     */
    public EmbeddedPostgres(RunDirectory run, int port, @Nullable Path data) {
        super(run, "postgres", port);
        this.lasting = data != null;
        this.data = data == null ? run.path().resolve("postgres") : data;
    }

    /** A running server on a free port that goes with the run directory. */
    public static EmbeddedPostgres temporary(RunDirectory run) {
        EmbeddedPostgres postgres = new EmbeddedPostgres(run, 0, null);
        postgres.start();
        return postgres;
    }

    public String user() {
        return USER;
    }

    /** Not checked by the server; some drivers insist on one. */
    public String password() {
        return USER;
    }

    /** For {@code quarkus.datasource.jdbc.url}. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + address() + "/" + database;
    }

    /** For {@code quarkus.datasource.reactive.url}. */
    public String reactiveUrl(String database) {
        return "postgresql://" + address() + "/" + database;
    }

    /** Creates the database if the running server does not have it. */
    public void ensureDatabase(String name) {
        if (!DATABASE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a plain database name: " + name);
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create database " + name, e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                jdbcUrl("postgres") + "?connectTimeout=2&socketTimeout=30&user=" + USER + "&password=" + USER);
    }

    @Override
    protected List<String> command() {
        Path programs = PostgresBinaries.unpackInto(run().path().resolve("postgres-server"));
        UnprivilegedUser as = unprivileged();
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(programs, as);
        }
        List<String> command = new ArrayList<>(as.prefix());
        command.add(programs.resolve("postgres").toString());
        command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port()), "-h", "127.0.0.1"));
        command.addAll(setting("unix_socket_directories", ""));
        command.addAll(setting("max_connections", "200"));
        command.addAll(setting("shared_buffers", "32MB"));
        command.addAll(setting("fsync", lasting ? "on" : "off"));
        return command;
    }

    private static List<String> setting(String name, String value) {
        return List.of("-c", name + "=" + value);
    }

    private void initialise(Path programs, UnprivilegedUser as) {
        try {
            Files.createDirectories(data);
            as.own(data);
            List<String> command = new ArrayList<>(as.prefix());
            command.add(programs.resolve("initdb").toString());
            command.addAll(List.of("-D", data.toString(), "-U", USER, "-A", "trust", "-E", "UTF8"));
            command.add("--locale=C");
            if (!lasting) {
                command.add("--no-sync");
            }
            ChildProcess initdb = run().start("initdb", command, environment());
            if (initdb.onExit().join().exitValue() != 0) {
                throw new IllegalStateException("initdb failed: " + Logs.tail(run().log("initdb"), 20));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private UnprivilegedUser unprivileged() {
        UnprivilegedUser known = user;
        if (known == null) {
            known = UnprivilegedUser.find();
            user = known;
        }
        return known;
    }

    @Override
    protected boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }
}
