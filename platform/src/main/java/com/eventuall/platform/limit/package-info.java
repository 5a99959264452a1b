/** Limits on how often somebody may ask, and on how often we ask others. */
@NullMarked
package com.eventuall.platform.limit;

import org.jspecify.annotations.NullMarked;
