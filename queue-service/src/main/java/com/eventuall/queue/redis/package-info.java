/**
 * Rooms in Redis. Each step of {@link com.eventuall.queue.RoomStore} is one Lua script; all keys of a room share the hash tag
 * of its shard with the shard's outbox, so state and events change together. The scripts say type and meaning of each key.
 */
@NullMarked
package com.eventuall.queue.redis;

import org.jspecify.annotations.NullMarked;
