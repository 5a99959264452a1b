/** The service as a whole: real PostgreSQL and Kafka, sandboxes of LiveKit and Mux. */
@NullMarked
package com.eventuall.recording.service;

import org.jspecify.annotations.NullMarked;
