package com.eventuall.chat;

import com.eventuall.sandbox.Exchange;
import com.eventuall.sandbox.contract.VendorContract;
import com.eventuall.sandbox.twilio.TwilioKeys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Collectors;

/** The sandbox as tests see it: its API as Twilio would be called, its state, its failure switches. */
record Twilio(String baseUrl, TwilioKeys keys, Queue<Exchange> exchanges) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** All conversations whose unique name ends so. */
    List<JsonObject> conversations(String nameEnd) {
        return new JsonObject(send("GET", "/state", "").body())
                .getJsonArray("conversations").stream()
                        .map(JsonObject.class::cast)
                        .filter(each -> each.getString("unique_name", "").endsWith(nameEnd))
                        .toList();
    }

    /** The one with that SID. */
    JsonObject conversation(String sid) {
        return conversations("").stream()
                .filter(each -> each.getString("sid").equals(sid))
                .findFirst()
                .orElseThrow();
    }

    static List<String> identities(JsonObject conversation) {
        return conversation.getJsonArray("participants").stream()
                .map(each -> ((JsonObject) each).getString("identity"))
                .toList();
    }

    /** Posts a form to the service's API. */
    HttpResponse<String> post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send("POST", api(path), body, "Content-Type", "application/x-www-form-urlencoded");
    }

    JsonObject get(String path) {
        return new JsonObject(send("GET", api(path), "").body());
    }

    HttpResponse<String> delete(String path) {
        return send("DELETE", api(path), "");
    }

    /** A new message; its SID. */
    String message(String conversationSid, String attributes) {
        HttpResponse<String> answer = post(
                "/Conversations/" + conversationSid + "/Messages",
                Map.of("Author", "ann", "Body", "hello", "Attributes", attributes));
        return new JsonObject(answer.body()).getString("sid");
    }

    /** The reactions in a message's attributes. */
    JsonObject attributes(String conversationSid, String messageSid) {
        return new JsonObject(get("/Conversations/" + conversationSid + "/Messages/" + messageSid)
                .getString("attributes"));
    }

    void fault(JsonObject fault) {
        HttpResponse<String> answer = send("POST", "/faults", fault.encode(), "Content-Type", "application/json");
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.body());
        }
    }

    void clearFaults() {
        send("DELETE", "/faults", "");
    }

    /** How many calls of an operation there were. */
    int calls(String operation) {
        return new JsonObject(send("GET", "/state", "").body())
                .getJsonObject("calls")
                .getInteger(operation, 0);
    }

    /** The latest calls of the API, oldest first, with {@code at} in ms. */
    JsonArray calls() {
        return new JsonArray(send("GET", "/calls", "").body());
    }

    /** What was wrong, by Twilio's own description, with the calls since this was last asked. */
    List<String> violations() {
        List<String> found = new ArrayList<>();
        for (Exchange exchange = exchanges.poll(); exchange != null; exchange = exchanges.poll()) {
            found.addAll(Contract.TWILIO.violations(exchange));
        }
        return found;
    }

    /** Loaded when it is first needed: that takes seconds. */
    private static final class Contract {
        static final VendorContract TWILIO = VendorContract.load("vendor-specs/twilio/twilio_conversations_v1.json");
    }

    private String api(String path) {
        return "/v1/Services/" + keys.serviceSid() + path;
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        String credentials = keys.apiKeySid() + ":" + keys.apiKeySecret();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(Duration.ofSeconds(20))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
