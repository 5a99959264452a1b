/** Events of other services that change a queue or its sockets. */
@NullMarked
package com.eventuall.queue.events;

import org.jspecify.annotations.NullMarked;
