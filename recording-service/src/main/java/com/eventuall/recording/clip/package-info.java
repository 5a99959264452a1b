/**
 * Turns stays on stage and what Mux recorded into clip windows. Pure arithmetic on immutable values: no clock, no
 * server, no vendor class.
 */
@NullMarked
package com.eventuall.recording.clip;

import org.jspecify.annotations.NullMarked;
