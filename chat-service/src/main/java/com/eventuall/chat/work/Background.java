package com.eventuall.chat.work;

import com.eventuall.chat.Work;
import com.eventuall.chat.config.ChatConfig;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** All background work, from start to stop. */
@ApplicationScoped
public class Background {
    private final List<WorkLoop> loops;

    Background(Vertx vertx, ChatConfig config, @All List<Work> works) {
        this.loops = works.stream()
                .map(work -> new WorkLoop(vertx, work, config.workInterval()))
                .toList();
    }

    void start(@Observes StartupEvent event) {
        loops.forEach(WorkLoop::start);
    }

    void stop(@Observes ShutdownEvent event) {
        loops.forEach(WorkLoop::stop);
    }
}
