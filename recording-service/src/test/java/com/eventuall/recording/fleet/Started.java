package com.eventuall.recording.fleet;

/** A recording that was started, with its room in event {@code e1}. */
record Started(String roomId, String id) {}
