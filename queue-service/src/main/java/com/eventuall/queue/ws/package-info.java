/** The queue's WebSocket: plain y-protocols in binary frames, so that the stock y-websocket provider works unchanged. */
@NullMarked
package com.eventuall.queue.ws;

import org.jspecify.annotations.NullMarked;
