package com.eventuall.sandbox.contract;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.eventuall.sandbox.Exchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A vendor's OpenAPI document, to which requests and answers must keep. Loading takes seconds: once per test run. */
public final class VendorContract {
    private final OpenApiInteractionValidator validator;

    private VendorContract(OpenApiInteractionValidator validator) {
        this.validator = validator;
    }

    /**
     * Reads a document.
     *
     * @param location a class path resource or URL
     */
    public static VendorContract load(String location) {
        // The documents name successes only, so the status of an error is unknown to them; its request is checked all
        // the same.
        LevelResolver levels = LevelResolver.create()
                .withLevel("validation.response.status.unknown", ValidationReport.Level.IGNORE)
                .build();
        return new VendorContract(OpenApiInteractionValidator.createFor(location)
                .withLevelResolver(levels)
                .build());
    }

    /** What is wrong with a call; empty if nothing. */
    public List<String> violations(Exchange exchange) {
        ValidationReport report = validator.validate(request(exchange), response(exchange));
        return report.getMessages().stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .map(message -> exchange.method() + " " + exchange.path() + " "
                        + exchange.reply().status() + ": " + message.getKey() + " " + message.getMessage())
                .toList();
    }

    private static Request request(Exchange exchange) {
        SimpleRequest.Builder request = new SimpleRequest.Builder(exchange.method(), exchange.path());
        exchange.headers().forEach(request::withHeader);
        if (!exchange.body().isEmpty()) {
            request.withBody(exchange.body());
        }
        for (String pair : exchange.query().split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                request.withQueryParam(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return request.build();
    }

    private static SimpleResponse response(Exchange exchange) {
        SimpleResponse.Builder response =
                SimpleResponse.Builder.status(exchange.reply().status());
        exchange.reply().headers().forEach(response::withHeader);
        if (exchange.reply().body().length() > 0) {
            response.withBody(exchange.reply().body().toString());
        }
        return response.build();
    }
}
