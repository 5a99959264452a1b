package com.eventuall.e2e.security;

import com.eventuall.e2e.security.ApiDocument.Operation;
import com.eventuall.e2e.security.ApiDocument.Parameter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** Random requests for an operation: mostly near to right, so that they get far, with something hostile in them. */
final class HostileRequests {
    static final String EVENT = "fuzz";
    private static final List<String> IDS = List.of(
            "main",
            "side",
            "u1",
            "u2",
            "me",
            "TR_1",
            "IM00000000000000000000000000000001",
            "019ab2f4-7a10-7c3e-9d55-0a4be3f0c0aa");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "null",
            "undefined",
            "NaN",
            "-1",
            "0",
            "2147483648",
            "-9223372036854775809",
            "1e400",
            "true",
            "\u0000",
            "a\u0000b",
            "\r\nX-Injected: 1",
            "../../etc/passwd",
            "..;/",
            "%",
            "%00",
            "%zz",
            "{s1}",
            "${jndi:ldap://x}",
            "'; drop table recording; --",
            "<script>alert(1)</script>",
            "\ud800",
            "\udfff\ud83d",
            "\u202e",
            "🙂",
            "e\u0301",
            "a".repeat(300),
            "🙂".repeat(400),
            "*",
            "?*[",
            "EVAL",
            "\"}",
            "\\",
            "rec:dev:1",
            "u1:u2",
            "|",
            ",,,,");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json;charset=utf-16",
            "application/json; charset=nope",
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "application/octet-stream",
            "*/*",
            "a",
            "/",
            "application/webhook+json",
            "application/merge-patch+json");
    private static final List<String> HEADERS = List.of(
            "Accept",
            "Accept-Language",
            "Accept-Encoding",
            "If-None-Match",
            "If-Match",
            "If-Modified-Since",
            "Range",
            "Cookie",
            "Origin",
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-HTTP-Method-Override",
            "Content-Encoding",
            "traceparent",
            "baggage",
            "Mux-Signature",
            "X-Twilio-Signature",
            "Via",
            "Sec-WebSocket-Protocol",
            "TE",
            "Keep-Alive",
            "Prefer",
            "X-Request-ID");

    private final Random random;
    private final URI origin;
    private final BiFunction<String, String, String> passes;
    private final Map<String, String> made = new ConcurrentHashMap<>();

    /** @param passes gives a pass of a user with a role for {@link #EVENT} */
    HostileRequests(Random random, URI origin, BiFunction<String, String, String> passes) {
        this.random = random;
        this.origin = origin;
        this.passes = passes;
    }

    HttpRequest next(Operation operation) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path(operation) + query(operation)))
                .timeout(Duration.ofSeconds(20));
        authorize(request);
        for (Parameter parameter : operation.parameters()) {
            if (parameter.in().equals("header") && random.nextInt(3) == 0) {
                header(request, parameter.name(), text());
            }
        }
        while (random.nextInt(3) == 0) {
            header(request, pick(HEADERS), random.nextBoolean() ? pick(TYPES) : text());
        }
        boolean body = !operation.bodyType().isEmpty() || random.nextInt(8) == 0;
        if (body) {
            header(request, "Content-Type", random.nextInt(5) > 0 ? type(operation) : pick(TYPES));
        }
        String method =
                random.nextInt(40) == 0 ? pick(List.of("PATCH", "OPTIONS", "TRACE", "QUERY")) : operation.method();
        return request.method(method, body ? body(operation) : BodyPublishers.noBody())
                .build();
    }

    private static String type(Operation operation) {
        String type = operation.bodyType();
        return type.isEmpty() || type.equals("*/*") ? "application/json" : type;
    }

    private String path(Operation operation) {
        String path = operation.path();
        for (Parameter parameter : operation.parameters()) {
            if (parameter.in().equals("path")) {
                path = path.replace("{" + parameter.name() + "}", pathValue(parameter.name()));
            }
        }
        return path;
    }

    private String pathValue(String name) {
        if (random.nextInt(6) == 0) {
            String raw = random.nextInt(3) == 0
                    ? pick(List.of("%ff", "%c0%af", "%2e%2e", "%2f", "%", "%u0041", ";a=b", ""))
                    : "";
            // A stray percent sign is no URI for this client; the server sees it as %25.
            return raw.equals("%") || raw.equals("%u0041") ? "%25" : raw + encode(text());
        }
        return name.equals("eventId") ? EVENT : pick(IDS);
    }

    private String query(Operation operation) {
        StringBuilder query = new StringBuilder();
        for (Parameter parameter : operation.parameters()) {
            if (parameter.in().equals("query") && random.nextInt(4) > 0) {
                query.append('&').append(encode(parameter.name())).append('=').append(queryValue(parameter));
            }
        }
        while (random.nextInt(5) == 0) {
            query.append('&').append(encode(text())).append('=').append(encode(text()));
        }
        return query.isEmpty() ? "" : "?" + query.substring(1);
    }

    private String queryValue(Parameter parameter) {
        return switch (random.nextInt(4)) {
            case 0 -> encode(text());
            case 1 -> pick(List.of("%ff", "%00", "%c3%28", "+"));
            default -> parameter.type().equals("integer") ? Integer.toString(random.nextInt()) : pick(IDS);
        };
    }

    private void authorize(HttpRequest.Builder request) {
        String user = "f" + random.nextInt(200);
        switch (random.nextInt(10)) {
            case 0 -> {}
            case 1 -> header(request, "Authorization", text());
            case 2 -> header(request, "Authorization", "Bearer " + text());
            case 3, 4, 5 -> request.header("Authorization", "Bearer " + pass(user, "participant"));
            default -> request.header("Authorization", "Bearer " + pass(user, "moderator"));
        }
    }

    private String pass(String user, String role) {
        return made.computeIfAbsent(user + " " + role, missing -> passes.apply(user, role));
    }

    /** Sets a header as far as this client lets such a value through. */
    private static void header(HttpRequest.Builder request, String name, String value) {
        try {
            request.header(name, value);
        } catch (IllegalArgumentException e) {
            request.header(name, encode(value));
        }
    }

    private BodyPublisher body(Operation operation) {
        if (operation.bodyType().equals("application/x-www-form-urlencoded")) {
            return BodyPublishers.ofString(encode(text()) + "=" + encode(text()) + "&EventType=" + encode(text()));
        }
        return switch (random.nextInt(12)) {
            case 0 -> BodyPublishers.noBody();
            case 1 -> BodyPublishers.ofByteArray(noise());
            case 2 -> BodyPublishers.ofString(pick(TEXTS));
            case 3 -> BodyPublishers.ofString("[".repeat(random.nextInt(5000)));
            case 4 -> BodyPublishers.ofString("{\"a\":".repeat(random.nextInt(2000)));
            default -> BodyPublishers.ofString(object(operation.bodyFields()));
        };
    }

    private byte[] noise() {
        byte[] bytes = new byte[random.nextInt(2000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String object(List<String> fields) {
        StringBuilder json = new StringBuilder("{");
        for (String field : fields) {
            if (random.nextInt(6) > 0) {
                json.append(quote(field)).append(':').append(value()).append(',');
            }
        }
        while (random.nextInt(4) == 0) {
            json.append(quote(text())).append(':').append(value()).append(',');
        }
        if (json.length() > 1) {
            json.setLength(json.length() - 1);
        }
        return json.append('}').toString();
    }

    private String value() {
        return switch (random.nextInt(9)) {
            case 0 -> "null";
            case 1 -> Integer.toString(random.nextInt());
            case 2 -> pick(List.of("1e999", "-0", "0.1", "9223372036854775808", "1" + "0".repeat(2000)));
            case 3 -> "[" + quote(text()) + ",{}]";
            case 4 -> "{\"type\":" + quote(text()) + "}";
            case 5 -> "true";
            case 6 -> quote(pick(IDS));
            default -> quote(text());
        };
    }

    private String text() {
        return random.nextInt(4) == 0 ? noiseText() : pick(TEXTS);
    }

    private String noiseText() {
        byte[] bytes = new byte[1 + random.nextInt(12)];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
