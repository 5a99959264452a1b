package com.eventuall.sandbox.twilio;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list, as every list of the API is answered. */
record Page(int size, int number) {
    private static final int USUAL = 50;
    private static final int MOST = 100;

    static Page of(HttpServerRequest request) {
        MultiMap query = request.params();
        return new Page(
                Math.min(MOST, Math.max(1, integer(query.get("PageSize"), USUAL))),
                Math.max(0, integer(query.get("Page"), 0)));
    }

    private static int integer(@Nullable String text, int otherwise) {
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw TwilioError.INVALID_PARAMETER.refuse(text);
        }
    }

    /**
     * Answers this page.
     *
     * @param key the name of the list
     * @param url the list's own URL, without a query
     */
    JsonObject cut(String key, String url, List<JsonObject> all) {
        return cut(key, url, "", all);
    }

    /**
     * Answers this page.
     *
     * @param query the list's own parameters, kept in the links: empty, or with a trailing {@code &}
     */
    JsonObject cut(String key, String url, String query, List<JsonObject> all) {
        int from = Math.min(all.size(), number * size);
        int to = Math.min(all.size(), from + size);
        JsonObject meta = new JsonObject()
                .put("page", number)
                .put("page_size", size)
                .put("first_page_url", link(url, query, 0))
                .put("previous_page_url", number == 0 ? null : link(url, query, number - 1))
                .put("url", link(url, query, number))
                .put("next_page_url", to < all.size() ? link(url, query, number + 1) : null)
                .put("key", key);
        return new JsonObject().put(key, new JsonArray(all.subList(from, to))).put("meta", meta);
    }

    private String link(String url, String query, int page) {
        return url + "?" + query + "PageSize=" + size + "&Page=" + page + (page == 0 ? "" : "&PageToken=PT" + page);
    }
}
