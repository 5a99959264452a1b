/** What a replica does before it takes requests. */
@NullMarked
package com.eventuall.platform.start;

import org.jspecify.annotations.NullMarked;
