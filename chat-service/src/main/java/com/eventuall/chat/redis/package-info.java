/** Redis: the truth about reactions, the leases of their mirror, the pace of calls to the vendor, the directory of SIDs. */
@NullMarked
package com.eventuall.chat.redis;

import org.jspecify.annotations.NullMarked;
