package com.eventuall.recording.mux;

import com.eventuall.recording.mux.MuxModel.AssetList;
import com.eventuall.recording.mux.MuxModel.AssetReply;
import com.eventuall.recording.mux.MuxModel.ClipRequest;
import com.eventuall.recording.mux.MuxModel.StreamList;
import com.eventuall.recording.mux.MuxModel.StreamReply;
import com.eventuall.recording.mux.MuxModel.StreamRequest;
import io.quarkus.rest.client.reactive.ClientBasicAuth;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The operations of Mux Video that recordings use. */
@Path("/video/v1")
@RegisterRestClient(configKey = "mux")
@ClientBasicAuth(username = "${mux.token-id}", password = "${mux.token-secret}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface MuxApi {
    @POST
    @Path("live-streams")
    Uni<StreamReply> createStream(StreamRequest request);

    @GET
    @Path("live-streams/{id}")
    Uni<StreamReply> stream(@PathParam("id") String id);

    @GET
    @Path("live-streams")
    Uni<StreamList> streams(@QueryParam("limit") int limit, @QueryParam("page") int page);

    @PUT
    @Path("live-streams/{id}/complete")
    Uni<Void> complete(@PathParam("id") String id);

    @PUT
    @Path("live-streams/{id}/disable")
    Uni<Void> disable(@PathParam("id") String id);

    @DELETE
    @Path("live-streams/{id}")
    Uni<Void> deleteStream(@PathParam("id") String id);

    @GET
    @Path("assets")
    Uni<AssetList> assetsOf(@QueryParam("live_stream_id") String streamId, @QueryParam("limit") int limit);

    @GET
    @Path("assets")
    Uni<AssetList> assets(@QueryParam("limit") int limit, @QueryParam("page") int page);

    @POST
    @Path("assets")
    Uni<AssetReply> createClip(ClipRequest request);

    @GET
    @Path("assets/{id}")
    Uni<AssetReply> asset(@PathParam("id") String id);

    @DELETE
    @Path("assets/{id}")
    Uni<Void> deleteAsset(@PathParam("id") String id);
}
