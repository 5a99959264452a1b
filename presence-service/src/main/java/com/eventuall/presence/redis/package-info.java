/**
 * Rooms in Redis: the scripts that change and read them, the channels on which nodes tell each other, this node's lease and
 * what is done for nodes that lost theirs, and the sweeper of deadlines. DESIGN.md beside this file says what must hold.
 */
@NullMarked
package com.eventuall.presence.redis;

import org.jspecify.annotations.NullMarked;
