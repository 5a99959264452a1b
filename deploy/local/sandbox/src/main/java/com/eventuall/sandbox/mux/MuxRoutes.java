package com.eventuall.sandbox.mux;

import com.eventuall.sandbox.Calls;
import com.eventuall.sandbox.Reply;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The operations of Mux Video, by the names that failure switches use. */
final class MuxRoutes {
    private static final String STREAMS = "/video/v1/live-streams";
    private static final String STREAM = STREAMS + "/:id";
    private static final String ASSETS = "/video/v1/assets";
    private static final String ASSET = ASSETS + "/:id";
    private static final int USUAL_LIMIT = 25;
    private static final int MAX_LIMIT = 100;

    private final Calls calls;
    private final MuxStreams streams;
    private final MuxAssets assets;

    MuxRoutes(Calls calls, MuxStreams streams, MuxAssets assets) {
        this.calls = calls;
        this.streams = streams;
        this.assets = assets;
    }

    void mount(Router api) {
        mountStreams(api);
        mountAssets(api);
    }

    private void mountStreams(Router api) {
        route(
                api,
                HttpMethod.POST,
                STREAMS,
                "createLiveStream",
                call -> created(streams.create(body(call)).json()));
        route(
                api,
                HttpMethod.GET,
                STREAMS,
                "listLiveStreams",
                call -> page(call, streams.all().stream().map(MuxStream::json).toList()));
        route(
                api,
                HttpMethod.GET,
                STREAM,
                "getLiveStream",
                call -> ok(stream(call).json()));
        route(api, HttpMethod.PATCH, STREAM, "updateLiveStream", call -> {
            stream(call).update(body(call));
            return ok(stream(call).json());
        });
        route(api, HttpMethod.DELETE, STREAM, "deleteLiveStream", call -> {
            streams.delete(stream(call));
            return Reply.noContent();
        });
        put(api, "complete", "completeLiveStream", streams::complete);
        put(api, "disable", "disableLiveStream", streams::disable);
        put(api, "enable", "enableLiveStream", streams::enable);
        route(api, HttpMethod.POST, STREAM + "/reset-stream-key", "resetStreamKey", call -> {
            streams.resetKey(stream(call));
            return created(stream(call).json());
        });
    }

    private void put(Router api, String path, String operation, Consumer<MuxStream> work) {
        route(api, HttpMethod.PUT, STREAM + "/" + path, operation, call -> {
            work.accept(stream(call));
            return ok(new JsonObject());
        });
    }

    private void mountAssets(Router api) {
        route(
                api,
                HttpMethod.POST,
                ASSETS,
                "createAsset",
                call -> created(assets.clip(body(call)).json()));
        route(api, HttpMethod.GET, ASSETS, "listAssets", call -> {
            List<String> stream = call.queryParam("live_stream_id");
            return page(
                    call,
                    assets.all().stream()
                            .filter(asset -> stream.isEmpty() || stream.get(0).equals(asset.liveStreamId()))
                            .map(MuxAsset::json)
                            .toList());
        });
        route(
                api,
                HttpMethod.GET,
                ASSET,
                "getAsset",
                call -> ok(assets.get(id(call)).json()));
        route(api, HttpMethod.DELETE, ASSET, "deleteAsset", call -> {
            assets.delete(id(call));
            return Reply.noContent();
        });
        route(api, HttpMethod.GET, "/video/v1/playback-ids/:id", "getPlaybackId", this::playbackId);
    }

    private Reply playbackId(RoutingContext call) {
        String id = id(call);
        JsonObject object = assets.all().stream()
                .filter(asset -> asset.playbackId().equals(id))
                .findFirst()
                .map(asset -> new JsonObject().put("type", "asset").put("id", asset.id))
                .or(() -> streams.all().stream()
                        .filter(stream -> stream.playbackId().equals(id))
                        .findFirst()
                        .map(stream ->
                                new JsonObject().put("type", "live_stream").put("id", stream.id)))
                .orElseThrow(MuxError::notFound);
        return ok(new JsonObject().put("id", id).put("policy", "public").put("object", object));
    }

    private void route(
            Router api, HttpMethod method, String path, String operation, Function<RoutingContext, Reply> work) {
        api.route(method, path).handler(call -> calls.serve(call, operation, () -> work.apply(call)));
    }

    private MuxStream stream(RoutingContext call) {
        return streams.get(id(call));
    }

    private static String id(RoutingContext call) {
        return call.pathParam("id");
    }

    private static JsonObject body(RoutingContext call) {
        try {
            JsonObject body = call.body().asJsonObject();
            return body == null ? new JsonObject() : body;
        } catch (DecodeException | ClassCastException e) {
            throw MuxError.invalid("the body must be a JSON object");
        }
    }

    private static Reply page(RoutingContext call, List<JsonObject> all) {
        int limit = Math.min(MAX_LIMIT, number(call, "limit", USUAL_LIMIT));
        long skip = (long) limit * (number(call, "page", 1) - 1);
        List<JsonObject> page = all.stream().skip(skip).limit(limit).toList();
        return Reply.json(200, new JsonObject().put("data", new JsonArray(page)));
    }

    private static int number(RoutingContext call, String name, int usual) {
        List<String> values = call.queryParam(name);
        try {
            return values.isEmpty() ? usual : Math.max(1, Integer.parseInt(values.get(0)));
        } catch (NumberFormatException e) {
            throw MuxError.invalid(name + " must be a number");
        }
    }

    private static Reply ok(JsonObject data) {
        return Reply.json(200, new JsonObject().put("data", data));
    }

    private static Reply created(JsonObject data) {
        return Reply.json(201, new JsonObject().put("data", data));
    }
}
