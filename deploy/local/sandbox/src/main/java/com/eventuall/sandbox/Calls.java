package com.eventuall.sandbox;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Runs the operations of one vendor's API through its failure switches. */
public final class Calls {
    private static final int USUAL_ERROR = 503;

    private final Vertx vertx;
    private final Faults faults;
    private final IntFunction<Reply> errorShape;

    /** @param errorShape the vendor's error answer for an HTTP status */
    public Calls(Vertx vertx, Faults faults, IntFunction<Reply> errorShape) {
        this.vertx = vertx;
        this.faults = faults;
        this.errorShape = errorShape;
    }

    /** As {@link #serve(RoutingContext, String, String, Supplier)}; a fault's {@code match} is sought in path, query and body. */
    public void serve(RoutingContext call, String operation, Supplier<Reply> effect) {
        serve(call, operation, effect, error -> {});
    }

    /** As {@link #serve(RoutingContext, String, Supplier)}; shows the answer that a switch gives in place of the effect. */
    public void serve(RoutingContext call, String operation, Supplier<Reply> effect, Consumer<Reply> instead) {
        String body = call.body().asString();
        serve(call, operation, call.request().uri() + "\n" + (body == null ? "" : body), effect, instead);
    }

    /**
     * Runs the effect and sends its reply, as far as the switches let it.
     *
     * @param text where a fault's {@code match} is sought
     * @param effect changes the vendor's state; may throw {@link Refusal}
     */
    public void serve(RoutingContext call, String operation, String text, Supplier<Reply> effect) {
        serve(call, operation, text, effect, error -> {});
    }

    private void serve(
            RoutingContext call, String operation, String text, Supplier<Reply> effect, Consumer<Reply> instead) {
        Optional<Fault> fault = faults.take(operation, text);
        faults.calls().add(operation, call.request().path(), fault);
        if (fault.isEmpty()) {
            run(effect).send(call.response());
        } else {
            serve(call, fault.get(), effect, instead);
        }
    }

    private void serve(RoutingContext call, Fault fault, Supplier<Reply> effect, Consumer<Reply> instead) {
        switch (fault.effect()) {
            case Fault.ERROR -> {
                Reply error = error(fault);
                instead.accept(error);
                if (fault.delay().isZero()) {
                    error.send(call.response());
                } else {
                    after(fault.delay(), () -> error.send(call.response()));
                }
            }
            case Fault.ERROR_AFTER_EFFECT -> {
                run(effect);
                error(fault).send(call.response());
            }
            case Fault.DELAY -> after(fault.delay(), () -> run(effect).send(call.response()));
            case Fault.TIMEOUT_AFTER_EFFECT -> {
                run(effect);
                after(fault.delay(), () -> call.request().connection().close());
            }
            default -> run(effect).send(call.response());
        }
    }

    private void after(Duration delay, Runnable action) {
        vertx.setTimer(Math.max(1, delay.toMillis()), timer -> action.run());
    }

    private Reply error(Fault fault) {
        int status = fault.status() == null ? USUAL_ERROR : fault.status();
        return errorShape.apply(status).with("Retry-After", fault.retryAfterSeconds());
    }

    private static Reply run(Supplier<Reply> effect) {
        try {
            return effect.get();
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }
}
