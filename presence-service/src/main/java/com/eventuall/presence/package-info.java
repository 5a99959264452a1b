/**
 * The rules of presence, free of any server: what a room's shared state is, how it changes, how a replica of it follows
 * the store, and when which client is told what. Imports only the JDK and the contracts. A {@link LiveRoom} is the centre:
 * it owns one room on this node and talks to the store and to its clients through the ports in this package.
 */
@NullMarked
package com.eventuall.presence;

import org.jspecify.annotations.NullMarked;
