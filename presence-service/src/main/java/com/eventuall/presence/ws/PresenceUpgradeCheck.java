package com.eventuall.presence.ws;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.EventuallConfig;
import com.eventuall.platform.auth.PassGate;
import com.eventuall.platform.problem.ProblemException;
import com.eventuall.platform.ws.PassUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;

/** What must hold before a socket opens: room for it on this replica, then a pass. Keeps the connection for the outbox. */
@Singleton
public class PresenceUpgradeCheck extends PassUpgradeCheck {
    private final Admission admission;

    PresenceUpgradeCheck(PassGate gate, EventuallConfig config, Admission admission) {
        super(gate, config);
        this.admission = admission;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        return Uni.createFrom().deferred(() -> {
            // The outbox writes into the connection's own pipeline, which HTTP/2 would share.
            if (context.httpRequest().version() == HttpVersion.HTTP_2) {
                throw new ProblemException(ErrorCode.UPGRADE_REQUIRED);
            }
            admission.require();
            return super.perform(context)
                    .invoke(() -> context.userData()
                            .put(Outbox.TRANSPORT, context.httpRequest().connection()));
        });
    }
}
