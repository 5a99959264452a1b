/** REST for those without Yjs: a participant's own request, the lists, and a moderator's single moves. */
@NullMarked
package com.eventuall.queue.http;

import org.jspecify.annotations.NullMarked;
