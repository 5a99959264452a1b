/**
 * Twilio Conversations (classic, v1) behind the port {@link com.eventuall.chat.Conversations}: the official SDK on worker
 * threads, without its retries, with time limits, pace and a circuit breaker. Nothing else in the service knows Twilio.
 */
@NullMarked
package com.eventuall.chat.twilio;

import org.jspecify.annotations.NullMarked;
