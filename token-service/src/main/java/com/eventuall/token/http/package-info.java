/** The REST routes: join, single tokens, LiveKit's webhook. */
@NullMarked
package com.eventuall.token.http;

import org.jspecify.annotations.NullMarked;
