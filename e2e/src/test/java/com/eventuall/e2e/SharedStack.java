package com.eventuall.e2e;

import java.net.URI;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One stack with two presence replicas for all tests that leave it as they found it; stopped after the last of them. With
 * {@code EVENTUALL_GATEWAY=http://127.0.0.1:8080} the one that runs there.
 */
public final class SharedStack implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedStack.class))
                .computeIfAbsent(Stack.class, type -> start(), Stack.class);
    }

    private static Stack start() {
        String running = System.getenv("EVENTUALL_GATEWAY");
        return running == null ? Stack.start("--replicas", "presence=2") : Stack.running(URI.create(running));
    }
}
