package com.eventuall.platform.logging;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.formatters.JsonFormatter;

/**
 * Sets the format of the log before anything of ours starts: one JSON object a line ({@code eventuall.log.json}, on in
 * production) or Quarkus' text, both without secrets. The few lines that Quarkus itself writes before are plain text.
 */
@ApplicationScoped
public class LogFormat {
    private final boolean json;

    LogFormat(@ConfigProperty(name = "eventuall.log.json", defaultValue = "true") boolean json) {
        this.json = json;
    }

    void apply(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
        for (Handler handler : InitialConfigurator.DELAYED_HANDLER.getHandlers()) {
            Formatter current = handler.getFormatter();
            if (!(current instanceof SecretFreeFormatter) && current instanceof ExtFormatter text) {
                handler.setFormatter(new SecretFreeFormatter(json ? new JsonFormatter() : text));
            }
        }
    }
}
