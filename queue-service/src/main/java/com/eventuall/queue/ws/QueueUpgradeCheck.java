package com.eventuall.queue.ws;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.EventuallConfig;
import com.eventuall.platform.auth.PassGate;
import com.eventuall.platform.problem.ProblemException;
import com.eventuall.platform.ws.PassUpgradeCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Who may open the queue: everybody whose pass opens the room. What they may do there is decided per frame. */
@Singleton
public class QueueUpgradeCheck extends PassUpgradeCheck {

    private final Drain drain;

    QueueUpgradeCheck(PassGate gate, EventuallConfig config, Drain drain) {
        super(gate, config);
        this.drain = drain;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        if (drain.isDraining()) {
            return Uni.createFrom()
                    .failure(new ProblemException(
                            ErrorCode.DRAINING, "Another replica will take this", Duration.ofSeconds(1)));
        }
        return super.perform(context);
    }
}
