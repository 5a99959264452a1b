/** Which versions of rooms a traced request caused. */
@NullMarked
package com.eventuall.presence.tracing;

import org.jspecify.annotations.NullMarked;
