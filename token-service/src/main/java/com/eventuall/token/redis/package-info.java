/** What token-service reads of the shared state: the live list and the room's conversation. */
@NullMarked
package com.eventuall.token.redis;

import org.jspecify.annotations.NullMarked;
