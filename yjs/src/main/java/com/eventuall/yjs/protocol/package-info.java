/**
 * The y-protocols messages that providers such as y-websocket exchange: two-step synchronisation, awareness (who else is
 * here, short-lived and not part of the document) and refusals. Encoding and rules only; connections are the caller's.
 */
@NullMarked
package com.eventuall.yjs.protocol;

import org.jspecify.annotations.NullMarked;
