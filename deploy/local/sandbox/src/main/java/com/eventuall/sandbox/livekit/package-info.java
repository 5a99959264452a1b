/**
 * LiveKit as the suite sees it: RoomService over Twirp in protobuf and JSON, tokens and their grants, signed webhooks, and
 * routes by which a test or the console pretends that somebody joined and publishes.
 */
@NullMarked
package com.eventuall.sandbox.livekit;

import org.jspecify.annotations.NullMarked;
