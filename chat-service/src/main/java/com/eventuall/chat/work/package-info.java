/** Runs the background work and puts the core together. */
@NullMarked
package com.eventuall.chat.work;

import org.jspecify.annotations.NullMarked;
