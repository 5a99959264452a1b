package com.eventuall.platform.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A Lua script, run as one atomic step. Sent by its hash; when Redis does not know the hash (a new or flushed server) the
 * source goes along once. That repeat is safe: a script that is unknown has not run.
 */
public final class LuaScript {
    private final RedisCommands redis;
    private final String source;
    private final String hash;

    private LuaScript(RedisCommands redis, String source) {
        this.redis = redis;
        this.source = source;
        this.hash = sha1(source);
    }

    /**
     * Reads a script from the class path.
     *
     * @param resource as in {@code lua/apply.lua}; also named in {@code quarkus.native.resources.includes}
     */
    public static LuaScript load(RedisCommands redis, String resource) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("No script " + resource);
            }
            return new LuaScript(redis, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs the script. All keys must share a hash tag, else a cluster refuses the call.
     *
     * @return the script's answer; null where it returns nothing
     */
    public Uni<Response> run(List<String> keys, List<String> arguments) {
        return redis.send(request(Command.EVALSHA, hash, keys, arguments))
                .onFailure(LuaScript::isUnknown)
                .recoverWithUni(() -> redis.send(request(Command.EVAL, source, keys, arguments)));
    }

    /** Runs the script with arguments of any bytes. */
    public Uni<Response> runBinary(List<String> keys, List<byte[]> arguments) {
        return redis.send(binaryRequest(Command.EVALSHA, hash, keys, arguments))
                .onFailure(LuaScript::isUnknown)
                .recoverWithUni(() -> redis.send(binaryRequest(Command.EVAL, source, keys, arguments)));
    }

    private static Request request(Command command, String script, List<String> keys, List<String> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }

    private static Request binaryRequest(Command command, String script, List<String> keys, List<byte[]> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(argument -> request.arg(Buffer.buffer(argument)));
        return request;
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof ErrorType error && error.is("NOSCRIPT");
    }

    private static String sha1(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }
}
