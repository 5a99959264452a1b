package com.eventuall.e2e.faults;

import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A look into Redis and PostgreSQL, as an operator has. */
final class Stores {
    private final JsonNode info;

    Stores(Stack stack) {
        this.info = stack.info();
    }

    /** One command; answers as text, lists flattened. */
    List<String> redis(String... command) {
        String address = info.get("redis").asText();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(address))) {
            socket.setSoTimeout(5_000);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(("*" + command.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            for (String part : command) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                request.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.UTF_8));
                request.writeBytes(bytes);
                request.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
            }
            socket.getOutputStream().write(request.toByteArray());
            List<String> answer = new ArrayList<>();
            read(new BufferedInputStream(socket.getInputStream()), answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static void read(InputStream in, List<String> into) throws IOException {
        String line = line(in);
        String rest = line.substring(1);
        switch (line.charAt(0)) {
            case '$' -> {
                int length = Integer.parseInt(rest);
                into.add(length < 0 ? "" : new String(in.readNBytes(length), StandardCharsets.UTF_8));
                if (length >= 0) {
                    line(in);
                }
            }
            case '*' -> {
                for (int i = Integer.parseInt(rest); i > 0; i--) {
                    read(in, into);
                }
            }
            case '-' -> throw new IOException("Redis says " + rest);
            default -> into.add(rest);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new IOException("Redis closed the connection");
            }
            line.append((char) c);
        }
        in.read();
        return line.toString();
    }

    long keys(String pattern) {
        return redis("KEYS", pattern).size();
    }

    /** Events that wait for Kafka, in all outboxes. */
    long waitingEvents() {
        long waiting = 0;
        for (String key : redis("KEYS", "*outbox*")) {
            if (redis("TYPE", key).get(0).equals("stream")) {
                waiting += Long.parseLong(redis("XLEN", key).get(0));
            }
        }
        for (String database : List.of("recording", "chat")) {
            waiting += query(database, "select count(*) from outbox");
        }
        return waiting;
    }

    /** Cuts up to so many connections of the services; how many it were. */
    long cutConnections(int most) {
        long cut = 0;
        for (String database : List.of("recording", "chat")) {
            cut += query(
                    database,
                    "select count(pg_terminate_backend(pid)) from (select pid from pg_stat_activity where datname = '"
                            + database + "' and pid <> pg_backend_pid() limit " + (most - cut) + ") as victims");
        }
        return cut;
    }

    /** A number. */
    long query(String database, String sql) {
        String address = info.get("postgres").asText();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + address + "/" + database + "?user=postgres&password=postgres");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
