/** Configuration, and the beans that are put together rather than declared. */
@NullMarked
package com.eventuall.queue.runtime;

import org.jspecify.annotations.NullMarked;
