/** What comes in from Kafka: stays on stage, and hints from LiveKit. */
@NullMarked
package com.eventuall.recording.events;

import org.jspecify.annotations.NullMarked;
