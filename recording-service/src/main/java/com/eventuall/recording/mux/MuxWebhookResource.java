package com.eventuall.recording.mux;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.auth.SignedRoute;
import com.eventuall.platform.problem.ProblemException;
import com.eventuall.recording.Hints;
import com.eventuall.recording.Tags;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where Mux's webhooks come in. A webhook only makes the workflow look at once; what it says is never believed, so a
 * repeated, late or reordered one can do no harm. 401 for a signature that is missing, wrong or older than five minutes, 400
 * for a body that is no event; an event that is not about us, or that came before, is accepted and does nothing. 503 while the database is away: Mux sends it again.
 */
@Path("/v1/webhooks/mux")
@Consumes(MediaType.APPLICATION_JSON)
public class MuxWebhookResource implements SignedRoute {
    private static final String SOURCE = "mux";
    private static final int MAX_ID = 200;
    private static final Logger LOG = Logger.getLogger(MuxWebhookResource.class);

    private final MuxSignature signature;
    private final Tags tags;
    private final Hints hints;
    private final ObjectMapper json;

    MuxWebhookResource(MuxSignature signature, Tags tags, Hints hints, ObjectMapper json) {
        this.signature = signature;
        this.tags = tags;
        this.hints = hints;
        this.json = json;
    }

    /** Takes one event. The body is taken raw: it is what is signed. */
    @POST
    public Uni<Void> receive(@HeaderParam("Mux-Signature") @Nullable String header, byte[] body) {
        if (!signature.valid(header, body)) {
            throw new ProblemException(ErrorCode.SIGNATURE_INVALID);
        }
        JsonNode event = read(body);
        String id = event.path("id").asText("");
        if (id.isEmpty() || id.length() > MAX_ID) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "A Mux event has an id");
        }
        Optional<Tags.Owner> owner =
                tags.read(event.path("data").path("passthrough").asText(null));
        return owner.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .completionStage(() -> hints.recording(
                                new Hints.Origin(SOURCE, id), owner.get().recordingId()))
                        .onFailure()
                        .invoke(failure -> LOG.warnf("A webhook of Mux cannot be kept: %s", failure))
                        .onFailure()
                        .transform(failure -> ProblemException.unavailable("The event cannot be kept at the moment"));
    }

    private JsonNode read(byte[] body) {
        try {
            JsonNode event = json.readTree(body);
            if (event != null && event.isObject()) {
                return event;
            }
        } catch (IOException e) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "The body is not JSON");
        }
        throw new ProblemException(ErrorCode.INVALID_REQUEST, "The body is not a Mux event");
    }
}
