/** Mux Video over a REST client interface; docs/adr tells why not over an SDK. */
@NullMarked
package com.eventuall.recording.mux;

import org.jspecify.annotations.NullMarked;
