package com.eventuall.nativeimage;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Classes that are reached by reflection for one reason.
 *
 * @param sample a class of the jar that is listed
 * @param member which class names of it belong
 */
record Family(String sample, Predicate<String> member) {
    /** Interfaces that Retrofit implements at run time. */
    static final Set<String> RETROFIT_INTERFACES =
            Set.of("io.livekit.server.RoomService", "io.livekit.server.EgressService");

    /** Resources of Twilio's REST API that are read or written, each with its creators, fetchers and readers. */
    static final List<String> TWILIO_RESOURCES = List.of(
            "com.twilio.rest.conversations.v1.Conversation",
            "com.twilio.rest.conversations.v1.conversation.",
            "com.twilio.rest.conversations.v1.Service",
            "com.twilio.rest.conversations.v1.service.",
            "com.twilio.rest.conversations.v1.User",
            "com.twilio.rest.conversations.v1.user.");

    /** All of them. */
    static List<Family> all() {
        return List.of(
                // LiveKit's messages: protobuf finds builders and fields by name. Ingress is part of a webhook's event.
                new Family(
                        "livekit.LivekitModels",
                        starting(
                                "livekit.LivekitModels",
                                "livekit.LivekitRoom",
                                "livekit.LivekitEgress",
                                "livekit.LivekitIngress",
                                "livekit.LivekitWebhook",
                                "livekit.LivekitAgentDispatch")),
                new Family(
                        "com.google.protobuf.Message",
                        starting(
                                "com.google.protobuf.DescriptorProtos",
                                "com.google.protobuf.JavaFeatures",
                                "com.google.protobuf.Timestamp",
                                "com.google.protobuf.Duration")),
                // Twilio's tokens: the builder, its algorithms and its Jackson serializer are looked up by name.
                new Family("io.jsonwebtoken.impl.DefaultJwtBuilder", starting("io.jsonwebtoken.impl.")),
                new Family("io.jsonwebtoken.jackson.io.JacksonSerializer", starting("io.jsonwebtoken.jackson.")),
                // Twilio's grants and resources are Jackson beans.
                new Family(
                        "com.twilio.jwt.accesstoken.AccessToken",
                        starting("com.twilio.jwt.accesstoken.", "com.twilio.converter.", "com.twilio.base.Resource")),
                new Family("com.twilio.jwt.accesstoken.AccessToken", Family::isTwilioResource),
                new Family("com.twilio.jwt.accesstoken.AccessToken", starting("com.twilio.exception.RestException")));
    }

    private static boolean isTwilioResource(String name) {
        return TWILIO_RESOURCES.stream()
                .anyMatch(resource -> resource.endsWith(".")
                        ? name.startsWith(resource)
                        : name.equals(resource) || name.startsWith(resource + "$") || isOperation(name, resource));
    }

    private static boolean isOperation(String name, String resource) {
        return List.of("Creator", "Fetcher", "Reader", "Updater", "Deleter").stream()
                .anyMatch(operation -> name.startsWith(resource + operation));
    }

    private static Predicate<String> starting(String... prefixes) {
        return name -> List.of(prefixes).stream().anyMatch(name::startsWith);
    }
}
