/** CloudEvents on Kafka: publishing with acknowledgement, reading with refusal of what is malformed. */
@NullMarked
package com.eventuall.platform.events;

import org.jspecify.annotations.NullMarked;
