/** Limits on how often somebody may ask. */
@NullMarked
package com.eventuall.platform.limit;

import org.jspecify.annotations.NullMarked;
