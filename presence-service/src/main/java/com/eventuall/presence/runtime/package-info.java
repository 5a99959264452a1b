/** Configuration of the service, and the beans made from it. Used by all adapters, uses none of them. */
@NullMarked
package com.eventuall.presence.runtime;

import org.jspecify.annotations.NullMarked;
