package com.eventuall.sandbox.mux;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;

/** Mux's description of its API, against which requests and answers are held. */
final class MuxContract {
    private final OpenApiInteractionValidator validator = OpenApiInteractionValidator.createForSpecificationUrl(
                    "/mux/mux-video-subset-2026.json")
            .build();

    /** What is wrong with a request and its answer; empty when nothing is. */
    List<String> violations(String method, String pathAndQuery, String body, HttpResponse<String> answer) {
        URI uri = URI.create(pathAndQuery);
        SimpleRequest.Builder request = new SimpleRequest.Builder(Request.Method.valueOf(method), uri.getPath())
                .withHeader("Authorization", "Basic x");
        if (!body.isEmpty()) {
            request.withContentType("application/json").withBody(body);
        }
        if (uri.getQuery() != null) {
            for (String pair : uri.getQuery().split("&")) {
                String[] parts = pair.split("=", 2);
                request.withQueryParam(parts[0], parts[1]);
            }
        }
        SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.statusCode());
        if (!answer.body().isEmpty()) {
            response.withContentType("application/json").withBody(answer.body());
        }
        return validator.validate(request.build(), response.build()).getMessages().stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .map(ValidationReport.Message::getMessage)
                .toList();
    }
}
