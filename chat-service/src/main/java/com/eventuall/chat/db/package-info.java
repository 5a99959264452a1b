/**
 * PostgreSQL: room chats, seats and vettings, each change in one transaction with the events that tell of it. Rows are claimed
 * for background work with {@code SKIP LOCKED}.
 */
@NullMarked
package com.eventuall.chat.db;

import org.jspecify.annotations.NullMarked;
