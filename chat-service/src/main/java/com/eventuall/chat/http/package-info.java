/** REST: decode, ask the core, encode. Which caller may do what is decided here, by role. */
@NullMarked
package com.eventuall.chat.http;

import org.jspecify.annotations.NullMarked;
