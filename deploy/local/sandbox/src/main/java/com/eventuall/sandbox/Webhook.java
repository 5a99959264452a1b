package com.eventuall.sandbox;

import java.util.Map;

/** A webhook ready to be sent: the signature among its headers covers exactly this body. */
public record Webhook(String url, Map<String, String> headers, String body) {}
