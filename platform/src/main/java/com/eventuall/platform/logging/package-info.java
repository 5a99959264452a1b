/** Log lines as JSON, without secrets. */
@NullMarked
package com.eventuall.platform.logging;

import org.jspecify.annotations.NullMarked;
