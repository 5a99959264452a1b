package com.eventuall.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What every answer to bad input must be like. */
final class Checks {
    /** A stack trace, a class of ours or of a library, a statement to the database. */
    private static final Pattern INSIDE = Pattern.compile(
            "Exception|\\bat (com|io|org|java)\\.|com\\.eventuall\\.|io\\.(quarkus|vertx|netty)|(?i)select .* from |insert into");
    /** Anything with the form of a signed token. */
    static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}");

    private Checks() {}

    /** Asserts that the request was refused with one of these statuses, as problem details. */
    static void refused(HttpResponse<String> response, int... statuses) {
        assertThat(Arrays.stream(statuses).boxed().toList())
                .as("%s %s answered %s", response.request().method(), where(response), response.body())
                .contains(response.statusCode());
        problem(response);
    }

    /** Asserts that an answer to any request is no fault of ours: no 5xx, and problem details for every 4xx. */
    static void noFault(HttpResponse<String> response) {
        assertThat(response.statusCode())
                .as("%s %s answered %s", response.request().method(), where(response), response.body())
                .isLessThan(500);
        if (response.statusCode() >= 400) {
            problem(response);
        }
    }

    private static void problem(HttpResponse<String> response) {
        String asked = response.request().method() + " " + where(response) + " answered " + response.statusCode();
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .as("%s %s", asked, response.body())
                .startsWith("application/problem+json");
        JsonNode problem = json(response, asked);
        assertThat(problem.path("status").asInt()).as(asked).isEqualTo(response.statusCode());
        String code = problem.path("code").asText();
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::code))
                .as(asked)
                .contains(code);
        assertThat(problem.path("type").asText()).as(asked).isEqualTo("https://eventuall.com/problems/" + code);
        assertThat(response.body()).as(asked).doesNotContainPattern(INSIDE).doesNotContainPattern(TOKEN);
    }

    private static JsonNode json(HttpResponse<String> response, String asked) {
        try {
            return Stack.JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(asked + " without JSON: " + response.body(), e);
        }
    }

    private static String where(HttpResponse<String> response) {
        String uri = response.request().uri().toString();
        return uri.length() <= 300 ? uri : uri.substring(0, 300) + "…";
    }
}
