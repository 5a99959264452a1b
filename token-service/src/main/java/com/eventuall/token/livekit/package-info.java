/** LiveKit: signing tokens, checking webhooks, changing what a participant may do. The only package that knows LiveKit's SDK. */
@NullMarked
package com.eventuall.token.livekit;

import org.jspecify.annotations.NullMarked;
