/** What can be read and changed of a room without a socket. */
@NullMarked
package com.eventuall.presence.http;

import org.jspecify.annotations.NullMarked;
