/** The packaged service as two real processes: what becomes of recordings when they are killed or frozen, and how fast. */
@NullMarked
package com.eventuall.recording.fleet;

import org.jspecify.annotations.NullMarked;
