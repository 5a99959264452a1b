/** REST under {@code /v1} and the webhook of Mux. */
@NullMarked
package com.eventuall.recording.http;

import org.jspecify.annotations.NullMarked;
