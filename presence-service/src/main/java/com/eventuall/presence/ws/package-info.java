/**
 * Sockets of clients: the endpoint, what is checked before an upgrade, the rooms that live on this node, and the fan-out
 * that writes one encoded frame to all of them.
 */
@NullMarked
package com.eventuall.presence.ws;

import org.jspecify.annotations.NullMarked;
