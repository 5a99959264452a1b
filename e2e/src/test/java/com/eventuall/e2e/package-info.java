/** Scenarios over the whole suite: they start the local stack as real processes and look at it from outside. */
@NullMarked
package com.eventuall.e2e;

import org.jspecify.annotations.NullMarked;
