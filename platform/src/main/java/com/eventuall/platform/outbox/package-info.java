/** Relays that bring events from a store, where they were written together with the state, to Kafka. */
@NullMarked
package com.eventuall.platform.outbox;

import org.jspecify.annotations.NullMarked;
