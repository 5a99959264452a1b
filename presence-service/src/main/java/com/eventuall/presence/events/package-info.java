/** Events from and to other systems over Kafka. None of them is needed for sockets to stay open. */
@NullMarked
package com.eventuall.presence.events;

import org.jspecify.annotations.NullMarked;
