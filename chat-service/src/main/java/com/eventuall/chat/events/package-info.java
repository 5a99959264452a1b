/** Kafka: the queue's facts in, the outbox's events out. */
@NullMarked
package com.eventuall.chat.events;

import org.jspecify.annotations.NullMarked;
