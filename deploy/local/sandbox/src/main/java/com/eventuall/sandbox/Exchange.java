package com.eventuall.sandbox;

import java.util.Map;

/**
 * One call of a vendor's API as it went over the wire; where a failure switch changes what is answered after the call did its
 * work, with the answer before that.
 *
 * @param method as in {@code POST}
 * @param path relative to the base URL
 * @param query without the question mark; empty if there is none
 * @param headers of the request; of several with one name the last
 * @param body of the request
 * @param reply the answer
 */
public record Exchange(
        String method, String path, String query, Map<String, String> headers, String body, Reply reply) {}
