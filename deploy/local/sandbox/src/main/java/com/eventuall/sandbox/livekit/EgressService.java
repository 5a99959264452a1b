package com.eventuall.sandbox.livekit;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import livekit.LivekitEgress.EgressStatus;
import livekit.LivekitEgress.ListEgressRequest;
import livekit.LivekitEgress.ListEgressResponse;
import livekit.LivekitEgress.RoomCompositeEgressRequest;
import livekit.LivekitEgress.StopEgressRequest;
import livekit.LivekitEgress.UpdateLayoutRequest;

/** {@code livekit.Egress}: room composites to RTMP. */
final class EgressService {
    private static final String NAME = "Egress";
    private static final String MUX = "mux://";
    private static final String MUX_INGEST = "rtmps://global-live.mux.com:443/app/";
    private static final Pattern RTMP = Pattern.compile("rtmps?://[^/]+/.+");

    private final Egresses egresses;

    EgressService(Egresses egresses) {
        this.egresses = egresses;
    }

    void mount(Twirp twirp) {
        method(twirp, "StartRoomCompositeEgress", RoomCompositeEgressRequest.getDefaultInstance(), this::start);
        method(twirp, "ListEgress", ListEgressRequest.getDefaultInstance(), this::list);
        method(
                twirp,
                "StopEgress",
                StopEgressRequest.getDefaultInstance(),
                request -> egresses.stop(request.getEgressId()));
        method(twirp, "UpdateLayout", UpdateLayoutRequest.getDefaultInstance(), this::updateLayout);
    }

    private static <Q extends Message> void method(Twirp twirp, String name, Q prototype, Function<Q, Message> work) {
        twirp.method(NAME, name, prototype, (grants, request) -> grants.has("roomRecord"), work);
    }

    private Message start(RoomCompositeEgressRequest request) {
        List<String> urls = new ArrayList<>();
        request.getStreamOutputsList().forEach(output -> urls.addAll(output.getUrlsList()));
        if (urls.isEmpty()) {
            // The older field; newer SDKs fill both.
            urls.addAll(request.getStream().getUrlsList());
        }
        if (urls.isEmpty()) {
            throw TwirpError.INVALID_ARGUMENT.refuse("request has no stream output");
        }
        return egresses.start(
                request, urls.stream().map(EgressService::expanded).toList());
    }

    private static String expanded(String url) {
        String whole = url.startsWith(MUX) ? MUX_INGEST + url.substring(MUX.length()) : url;
        if (!RTMP.matcher(whole).matches()) {
            throw TwirpError.INVALID_ARGUMENT.refuse("invalid stream url");
        }
        return whole;
    }

    private Message list(ListEgressRequest request) {
        ListEgressResponse.Builder answer = ListEgressResponse.newBuilder();
        if (!request.getEgressId().isEmpty()) {
            return answer.addItems(egresses.get(request.getEgressId()).info()).build();
        }
        egresses.all().stream()
                .map(Egress::info)
                .filter(info ->
                        request.getRoomName().isEmpty() || info.getRoomName().equals(request.getRoomName()))
                .filter(info -> !request.getActive()
                        || info.getStatus() == EgressStatus.EGRESS_STARTING
                        || info.getStatus() == EgressStatus.EGRESS_ACTIVE)
                .forEach(answer::addItems);
        return answer.build();
    }

    private Message updateLayout(UpdateLayoutRequest request) {
        Egress egress = egresses.get(request.getEgressId());
        if (egress.status() != EgressStatus.EGRESS_ACTIVE) {
            throw TwirpError.FAILED_PRECONDITION.refuse("egress with status " + egress.status() + " cannot be updated");
        }
        egress.layout(request.getLayout());
        return egress.info();
    }
}
