package com.eventuall.platform.auth;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.problem.ProblemException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets a REST request in only with a pass that opens the event and room in its path. Applies to every resource that is not a
 * {@link SignedRoute}: a new route is closed until somebody opens it. The resource that was matched decides, never the text
 * of the path, which has more than one spelling.
 */
public class RestPassFilter {
    private static final Set<String> TOKEN_PARAMETERS =
            Set.of("pass", "token", "access_token", "jwt", "authorization", "bearer");

    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.");

    private final PassGate gate;
    private final CurrentIdentityAssociation identity;
    private final CurrentPass current;

    RestPassFilter(PassGate gate, CurrentIdentityAssociation identity, CurrentPass current) {
        this.gate = gate;
        this.identity = identity;
        this.current = current;
    }

    @ServerRequestFilter
    public Uni<Void> admit(ContainerRequestContext request, ResourceInfo resource) {
        if (SignedRoute.class.isAssignableFrom(resource.getResourceClass())) {
            return Uni.createFrom().voidItem();
        }
        request.getUriInfo()
                .getQueryParameters()
                .forEach((name, values) -> values.forEach(value -> refuseToken(name, value)));
        MultivaluedMap<String, String> parameters = pathParameters(request);
        return gate.admit(identity.getDeferredIdentity(), parameters.getFirst("eventId"), parameters.getFirst("roomId"))
                .onItem()
                .invoke(current::set)
                .replaceWithVoid();
    }

    /** Beside matrix parameters ids are decoded a second time, so that a "%25" becomes what cannot be. */
    private static MultivaluedMap<String, String> pathParameters(ContainerRequestContext request) {
        try {
            return request.getUriInfo().getPathParameters();
        } catch (IllegalArgumentException malformed) {
            throw new ProblemException(ErrorCode.INVALID_ID);
        }
    }

    /** A pass in an address ends up in logs, histories and Referer headers, so it is refused even where it is valid. */
    public static void refuseToken(String queryParameter, String value) {
        if (TOKEN_PARAMETERS.contains(queryParameter.toLowerCase(Locale.ROOT))
                || TOKEN.matcher(value).find()) {
            throw new ProblemException(ErrorCode.TOKEN_IN_QUERY);
        }
    }
}
