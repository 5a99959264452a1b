package com.eventuall.platform.ws;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.EventuallConfig;
import com.eventuall.platform.auth.Pass;
import com.eventuall.platform.auth.PassGate;
import com.eventuall.platform.auth.RestPassFilter;
import com.eventuall.platform.problem.ProblemException;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides before the upgrade whether a socket may open: Origin, no pass in the address, then the same gate as REST. A
 * refusal is an HTTP answer with problem details; no socket ever exists. A service with sockets makes it a bean by
 * extending it.
 *
 * <p>A request without Origin is not from a browser, so the check against cross-site use does not apply to it.
 */
public abstract class PassUpgradeCheck implements HttpUpgradeCheck {
    /** Where {@code @OnOpen} finds the pass that was admitted. */
    public static final UserData.TypedKey<Pass> PASS = new UserData.TypedKey<>("pass");

    /** A status that nobody is there to read. */
    private static final int GONE = 400;

    private final PassGate gate;
    private final Set<String> origins;

    protected PassUpgradeCheck(PassGate gate, EventuallConfig config) {
        this.gate = gate;
        this.origins = new HashSet<>(config.allowedOrigins().orElse(List.of()));
        origins.add(origin(config.publicUrl()));
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        return Uni.createFrom().deferred(() -> {
            HttpServerRequest request = context.httpRequest();
            if (isGone(request)) {
                return CheckResult.rejectUpgrade(GONE);
            }
            requireOrigin(request.getHeader("Origin"));
            request.params().forEach(RestPassFilter::refuseToken);
            return gate.admit(context.securityIdentity(), context.pathParam("eventId"), context.pathParam("roomId"))
                    .onItem()
                    .invoke(pass -> context.userData().put(PASS, pass))
                    .chain(() -> isGone(request) ? CheckResult.rejectUpgrade(GONE) : CheckResult.permitUpgrade());
        });
    }

    /**
     * Whether the client has hung up, before or while its pass was looked at. After a mass disconnect many do, and an upgrade
     * for each would fail with a long trace in the log, at the cost of those who still wait.
     */
    private static boolean isGone(HttpServerRequest request) {
        return request.isEnded() || request.response().closed();
    }

    private void requireOrigin(@Nullable String origin) {
        if (origin != null && !origins.contains(origin)) {
            throw new ProblemException(ErrorCode.ORIGIN_NOT_ALLOWED);
        }
    }

    private static String origin(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port;
    }
}
