/**
 * Twilio Conversations v1 as the suite uses it and a little beyond: conversations, participants, messages, roles, states and
 * timers, signed webhooks, the vendor's limits and error codes; and a stream of messages for pages that try out chat without
 * the vendor's SDK.
 */
@NullMarked
package com.eventuall.sandbox.twilio;

import org.jspecify.annotations.NullMarked;
