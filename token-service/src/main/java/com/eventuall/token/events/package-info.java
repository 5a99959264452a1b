/** Kafka: stage changes and LiveKit events that call for a look at somebody's permissions. */
@NullMarked
package com.eventuall.token.events;

import org.jspecify.annotations.NullMarked;
