package com.eventuall.platform.redis;

import com.eventuall.platform.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Commands to Redis with a time limit. No retry: a command may have been carried out although its answer was lost, and only
 * the caller knows whether repeating it is safe. A Redis that is down, slow, full, loading or failing over gives a
 * {@link ProblemException} {@code unavailable} (503 with Retry-After); an error that Redis itself reports about the command
 * is passed on as it is.
 */
@ApplicationScoped
public class RedisCommands {
    private static final Logger LOG = Logger.getLogger(RedisCommands.class);
    /** How long any one command may take: well above the pauses of a collector or of a process that has just started. */
    public static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Errors that tell of the server, also when a script passes them on: it loads, is full, was demoted by a fail-over. */
    private static final Pattern STATE_OF_SERVER =
            Pattern.compile("\\b(LOADING|OOM|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|MISCONF|BUSY)\\b");

    private final Redis redis;

    public RedisCommands(Redis redis) {
        this.redis = redis;
    }

    /** Sends a command with text arguments. The answer is null where Redis answers nil. */
    public Uni<Response> send(Command command, String... arguments) {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return send(request);
    }

    /** Sends a command. The answer is null where Redis answers nil. */
    public Uni<Response> send(Request request) {
        return guard(redis.send(request));
    }

    /** Sends commands in one round trip; the answers come in their order. Not a transaction. */
    public Uni<List<Response>> batch(List<Request> requests) {
        return guard(redis.batch(requests));
    }

    private static <T> Uni<T> guard(Uni<T> answer) {
        return answer.ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure(failure -> !isCommandError(failure))
                .transform(failure -> {
                    LOG.debug("Redis does not answer", failure);
                    return ProblemException.unavailable("The shared state cannot be reached at the moment");
                });
    }

    /** Errors about the command itself, which another attempt would meet again. */
    private static boolean isCommandError(Throwable failure) {
        return failure instanceof ErrorType error
                && !STATE_OF_SERVER.matcher(String.valueOf(error.getMessage())).find();
    }
}
