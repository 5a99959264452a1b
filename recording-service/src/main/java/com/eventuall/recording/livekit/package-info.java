/** LiveKit's rooms and egresses over its official SDK. */
@NullMarked
package com.eventuall.recording.livekit;

import org.jspecify.annotations.NullMarked;
