/** Redis as the services use it: commands with a time limit, Lua scripts, a subscription that survives restarts. */
@NullMarked
package com.eventuall.platform.redis;

import org.jspecify.annotations.NullMarked;
