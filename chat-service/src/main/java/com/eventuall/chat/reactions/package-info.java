/** Reactions to messages: what counts as one, and how a message's reactions travel in its attributes. No server, no clock. */
@NullMarked
package com.eventuall.chat.reactions;

import org.jspecify.annotations.NullMarked;
