package com.eventuall.chat;

import com.eventuall.contracts.RoomKey;

/** A message of a room's conversation. */
public record MessageRef(RoomKey room, String conversationSid, String messageSid) {}
