package com.eventuall.platform.auth;

/**
 * A resource whose callers prove themselves by a signature instead of a pass: a vendor's webhook. Whoever implements this
 * must check that signature before anything else.
 */
public interface SignedRoute {}
