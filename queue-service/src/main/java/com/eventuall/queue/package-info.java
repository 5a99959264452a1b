/**
 * The stage queue of a room: two lists in one Yjs document that moderators edit at the same time. This package is the pure
 * core and imports no framework: the document and its rules ({@link com.eventuall.queue.QueueDocument}), what is announced
 * of it ({@link com.eventuall.queue.StageDiff}), and one replica of one room ({@link com.eventuall.queue.Room}), which
 * follows the room's log behind the port {@link com.eventuall.queue.RoomStore}. {@code DESIGN.md} beside it has the
 * invariants and what happens on each failure.
 */
@NullMarked
package com.eventuall.queue;

import org.jspecify.annotations.NullMarked;
