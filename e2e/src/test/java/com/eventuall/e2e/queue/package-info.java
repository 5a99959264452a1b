/** The queue, used from outside. */
package com.eventuall.e2e.queue;
