package com.eventuall.chat.twilio;

import com.eventuall.chat.VendorException;
import com.eventuall.platform.limit.RetryAfterHold;
import com.twilio.constant.EnumConstants;
import com.twilio.exception.ApiConnectionException;
import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * The transport under Twilio's SDK, in place of its own, which repeats every 5xx, POST included, has fixed timeouts of 30 s, and
 * knows one host. A request is sent once, to the configured address, and ends within the timeout.
 */
final class TwilioHttp extends HttpClient {
    private static final String VENDOR_ORIGIN = "^https://[^/]+";

    private final java.net.http.HttpClient client;
    private final String baseUrl;
    private final Duration timeout;
    private final RetryAfterHold hold;

    /** @param hold told of every {@code Retry-After} that comes with 429; whoever makes the calls looks at it before */
    TwilioHttp(URI baseUrl, Duration timeout, RetryAfterHold hold) {
        this.baseUrl = baseUrl.toString().replaceFirst("/+$", "");
        this.timeout = timeout;
        this.hold = hold;
        this.client = java.net.http.HttpClient.newBuilder()
                .connectTimeout(timeout)
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                .build();
    }

    /** Once: only the caller knows whether repeating is safe. */
    @Override
    public Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    @Override
    public Response makeRequest(Request request) {
        // Waited for here, since the timeout of a request ends with the headers of its answer.
        CompletableFuture<HttpResponse<String>> coming =
                client.sendAsync(translate(request), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            HttpResponse<String> answer = coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            Optional<String> retryAfter = answer.headers().firstValue("Retry-After");
            VendorException notNow = TwilioErrors.notNow(answer.statusCode(), retryAfter);
            if (notNow != null && notNow.kind() == VendorException.Kind.BUSY) {
                retryAfter.flatMap(TwilioErrors::seconds).ifPresent(hold::hold);
            }
            if (notNow != null) {
                throw notNow;
            }
            return new Response(answer.body(), answer.statusCode(), headers(answer));
        } catch (ExecutionException e) {
            throw new ApiConnectionException("No answer", e);
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw new ApiConnectionException("No answer in time", e);
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw new ApiConnectionException("Interrupted", e);
        }
    }

    private HttpRequest translate(Request request) {
        String url = request.constructURL().toString().replaceFirst(VENDOR_ORIGIN, baseUrl);
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url));
        for (Map.Entry<String, List<String>> header : request.getHeaderParams().entrySet()) {
            header.getValue().forEach(value -> builder.header(header.getKey(), value));
        }
        if (request.requiresAuthentication()) {
            builder.header("Authorization", request.getAuthString());
        }
        builder.header("Accept", "application/json");
        switch (request.getMethod()) {
            case GET -> builder.GET();
            case DELETE -> builder.DELETE();
            default -> {
                builder.header("Content-Type", EnumConstants.ContentType.FORM_URLENCODED.getValue());
                builder.method(
                        request.getMethod().toString(), HttpRequest.BodyPublishers.ofString(request.encodeFormBody()));
            }
        }
        return builder.build();
    }

    private static Header[] headers(HttpResponse<?> answer) {
        List<Header> headers = new ArrayList<>();
        answer.headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> headers.add(new BasicHeader(name, value))));
        return headers.toArray(Header[]::new);
    }
}
