/**
 * The core run in a simulated world: virtual time, vendors that lose replies and act late, pods that die and freeze
 * anywhere. Every run is decided by its seed.
 */
@NullMarked
package com.eventuall.recording.sim;

import org.jspecify.annotations.NullMarked;
