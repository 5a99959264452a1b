package com.eventuall.chat.http;

import com.eventuall.chat.OutsideChanges;
import com.eventuall.chat.WebhookSignatures;
import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.auth.SignedRoute;
import com.eventuall.platform.problem.ProblemException;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's webhooks (post-action) about what happened without us: in its console, through a chat client, by a timer. 204 when
 * the event is taken in or is of no interest; 401 when it is not Twilio's; 503 while the store does not answer, which Twilio
 * repeats if its webhook address asks for that.
 */
@Path("/v1/webhooks/twilio")
public class TwilioWebhookResource implements SignedRoute {
    private final WebhookSignatures signatures;
    private final OutsideChanges changes;

    TwilioWebhookResource(WebhookSignatures signatures, OutsideChanges changes) {
        this.signatures = signatures;
        this.changes = changes;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Void> receive(
            @HeaderParam("X-Twilio-Signature") @Nullable String signature,
            @Context UriInfo uri,
            byte @Nullable [] form) {
        Map<String, String> parameters = single(form == null ? new byte[0] : form);
        String query = uri.getRequestUri().getRawQuery();
        String pathAndQuery = uri.getRequestUri().getRawPath() + (query == null ? "" : "?" + query);
        if (!signatures.isGenuine(pathAndQuery, parameters, signature == null ? "" : signature)) {
            throw new ProblemException(ErrorCode.SIGNATURE_INVALID);
        }
        String sid = parameters.getOrDefault("ConversationSid", "");
        return switch (parameters.getOrDefault("EventType", "")) {
            case "onConversationRemoved" -> changes.conversationRemoved(sid);
            case "onConversationStateUpdated" ->
                "closed".equals(parameters.get("StateTo"))
                        ? changes.conversationClosed(sid)
                        : Uni.createFrom().voidItem();
            case "onParticipantRemoved" -> changes.participantRemoved(sid, parameters.getOrDefault("Identity", ""));
            case "onMessageRemoved" -> changes.messageRemoved(sid, parameters.getOrDefault("MessageSid", ""));
            default -> Uni.createFrom().voidItem();
        };
    }

    /** Not by Quarkus' own reader of forms, which throws what is no refusal when a field is only an equals sign. */
    private static Map<String, List<String>> fields(byte[] form) {
        try {
            return new QueryStringDecoder(new String(form, StandardCharsets.UTF_8), StandardCharsets.UTF_8, false)
                    .parameters();
        } catch (IllegalArgumentException malformed) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "The body is not a form");
        }
    }

    /** A field that comes twice is not covered by the signature in a defined way. Twilio sends none. */
    private static Map<String, String> single(byte[] form) {
        Map<String, String> parameters = new HashMap<>();
        for (Map.Entry<String, List<String>> field : fields(form).entrySet()) {
            if (field.getValue().size() != 1) {
                throw new ProblemException(ErrorCode.SIGNATURE_INVALID);
            }
            parameters.put(field.getKey(), field.getValue().get(0));
        }
        return parameters;
    }
}
