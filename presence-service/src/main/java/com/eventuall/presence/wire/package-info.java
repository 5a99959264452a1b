/** The JSON that clients see, on sockets and over REST alike: one encoder, so that both agree. */
@NullMarked
package com.eventuall.presence.wire;

import org.jspecify.annotations.NullMarked;
