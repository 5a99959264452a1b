/** Trace contexts over what OpenTelemetry does not bridge by itself: outboxes, logs and messages of our own. */
@NullMarked
package com.eventuall.platform.tracing;

import org.jspecify.annotations.NullMarked;
