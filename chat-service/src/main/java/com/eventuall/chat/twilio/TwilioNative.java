package com.eventuall.chat.twilio;

import com.twilio.exception.RestException;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.Role;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.conversations.v1.service.conversation.Participant;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The SDK's classes that Jackson fills, of the thousands it has, for native images. */
@RegisterForReflection(
        targets = {Conversation.class, Message.class, Participant.class, Role.class, RestException.class})
final class TwilioNative {
    private TwilioNative() {}
}
