/** Configuration, wiring, and the loops that keep the workflow going. */
@NullMarked
package com.eventuall.recording.boot;

import org.jspecify.annotations.NullMarked;
